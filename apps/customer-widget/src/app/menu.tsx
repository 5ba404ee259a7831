import { type KeyboardEvent, type MouseEvent, type ReactNode, useLayoutEffect, useRef } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './menu.css'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
const ITEM = '[role^=menuitem]'

const itemsOf = (menu: HTMLElement | null) => [...(menu?.querySelectorAll<HTMLElement>(ITEM) ?? [])]

interface MenuProps {
  label: string
  icon: IconName
  isOpen: boolean
  setOpen: (open: boolean) => void
  /** Its items; choosing one closes it. */
  children: ReactNode
}

/** A button, and below it what it opens. */
export function Menu({ label, icon, isOpen, setOpen, children }: MenuProps) {
  const box = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  // At once: who is quick has closed it again before anything later would run.
  useLayoutEffect(() => {
    if (isOpen) itemsOf(box.current)[0]?.focus()
  }, [isOpen])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isOpen) {
      // The panel stays: only the menu closes.
      event.stopPropagation()
      close()
    }
    const step = STEPS[event.key]
    if (!step || !isOpen) return
    event.preventDefault()
    const all = itemsOf(box.current)
    const at = all.indexOf(document.activeElement as HTMLElement)
    all.at((at + step) % all.length)?.focus()
  }
  const chosen = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest(ITEM)) close()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what happens inside
    <div
      className="menu"
      ref={box}
      onKeyDown={press}
      onClick={chosen}
      onBlur={event => {
        if (!box.current?.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <button
        type="button"
        ref={button}
        className="icon-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
      </button>
      {isOpen && (
        <div role="menu" aria-label={label}>
          {children}
        </div>
      )}
    </div>
  )
}
