import { Toast as Radix } from 'radix-ui'
import { createContext, type ReactNode, use, useCallback, useState } from 'react'
import { useTexts } from '../i18n/i18n.tsx'
import { IconButton } from './button.tsx'
import './toast.css'

/** Long enough to be read twice. Milliseconds. */
const SHOWN_MS = 6000

interface Shown {
  readonly key: number
  readonly text: string
  readonly problem: boolean
}

type ShowToast = (text: string, problem?: 'problem') => void

const ShowContext = createContext<ShowToast>(() => undefined)

/** Says in passing what happened; what needs an answer belongs where the person is. */
export const useToast = (): ShowToast => use(ShowContext)

export function ToastProvider({ children }: { children: ReactNode }) {
  const texts = useTexts()
  const [shown, setShown] = useState<readonly Shown[]>([])
  const show = useCallback<ShowToast>((text, problem) => {
    setShown(now => [...now, { key: (now.at(-1)?.key ?? 0) + 1, text, problem: problem !== undefined }])
  }, [])
  const hide = (key: number) => setShown(now => now.filter(toast => toast.key !== key))
  return (
    <ShowContext value={show}>
      <Radix.Provider label={texts('toast.label')} duration={SHOWN_MS}>
        {children}
        {shown.map(toast => (
          <ToastCard
            key={toast.key}
            problem={toast.problem}
            onClose={() => hide(toast.key)}
            text={toast.text}
          >
            <Radix.Close asChild>
              <IconButton icon="close" label={texts('close')} />
            </Radix.Close>
          </ToastCard>
        ))}
        <Radix.Viewport className="toasts" label={texts('toast.region', { hotkey: '{hotkey}' })} />
      </Radix.Provider>
    </ShowContext>
  )
}

interface CardProps {
  text: string
  problem?: boolean
  /** It stays until it is taken away. */
  stays?: boolean
  onClose?: () => void
  children: ReactNode
}

export const ToastCard = ({ text, problem = false, stays = false, onClose, children }: CardProps) => (
  <Radix.Root
    className={`toast ${problem ? 'toast-problem' : ''}`}
    open
    type={problem ? 'foreground' : 'background'}
    {...(stays ? { duration: Number.POSITIVE_INFINITY } : {})}
    onOpenChange={open => !open && onClose?.()}
  >
    <Radix.Description className="toast-text">{text}</Radix.Description>
    {children}
  </Radix.Root>
)

export const ToastAction = ({ label, onPress }: { label: string; onPress: () => void }) => (
  <Radix.Action asChild altText={label}>
    <button
      type="button"
      className="toast-action"
      onClick={event => {
        // Radix would close the toast: what it stands for decides that.
        event.preventDefault()
        onPress()
      }}
    >
      {label}
    </button>
  </Radix.Action>
)
