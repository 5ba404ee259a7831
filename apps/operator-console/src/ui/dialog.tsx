import { Dialog as Radix, AlertDialog as RadixAlert } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTexts } from '../i18n/i18n.tsx'
import { Button, IconButton } from './button.tsx'
import './dialog.css'

// Radix's own Overlay locks the page's scrolling through a <style> element, which the CSP forbids; the page never
// scrolls here, so a plain backdrop does.
const Backdrop = () => <div className="dialog-backdrop" />

const FIRST = 'input:not(:disabled), textarea, select, [data-first]'

/** Into the first field; with none, onto the dialog itself, where a screen reader begins to read. */
function focusFirst(event: Event): void {
  if (!(event.target instanceof HTMLElement)) return
  event.preventDefault()
  const first = event.target.querySelector<HTMLElement>(FIRST) ?? event.target
  first.focus()
}

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  description?: string
  /** For what is looked at. */
  wide?: boolean
  children: ReactNode
}

export function Dialog({ open, onClose, title, description, wide = false, children }: DialogProps) {
  const texts = useTexts()
  return (
    <Radix.Root open={open} onOpenChange={next => !next && onClose()}>
      <Radix.Portal>
        <Backdrop />
        <Radix.Content
          aria-modal="true"
          className={wide ? 'dialog dialog-wide' : 'dialog'}
          onOpenAutoFocus={focusFirst}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton icon="close" label={texts('close')} />
            </Radix.Close>
          </header>
          {description && <Radix.Description className="dialog-description">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export const DialogFoot = ({ children }: { children: ReactNode }) => (
  <footer className="dialog-foot">{children}</footer>
)

interface ConfirmProps {
  open: boolean
  onClose: () => void
  title: string
  description: string
  action: string
  pending: boolean
  error: string | null
  onConfirm: () => void
}

/** Asks once before what can't be undone. */
export function Confirm({
  open,
  onClose,
  title,
  description,
  action,
  pending,
  error,
  onConfirm,
}: ConfirmProps) {
  const texts = useTexts()
  return (
    <RadixAlert.Root open={open} onOpenChange={next => !next && onClose()}>
      <RadixAlert.Portal>
        <Backdrop />
        <RadixAlert.Content className="dialog dialog-small" aria-modal="true">
          <RadixAlert.Title className="dialog-title">{title}</RadixAlert.Title>
          <RadixAlert.Description className="dialog-description">{description}</RadixAlert.Description>
          {error && (
            <p className="field-problem" role="alert">
              {error}
            </p>
          )}
          <DialogFoot>
            <RadixAlert.Cancel asChild>
              <Button>{texts('cancel')}</Button>
            </RadixAlert.Cancel>
            <Button look="danger" pending={pending} onClick={onConfirm}>
              {action}
            </Button>
          </DialogFoot>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  )
}
