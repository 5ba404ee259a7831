import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { useSound } from '../notification/index.ts'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

const itemsOf = (menu: HTMLElement | null) => [
  ...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []),
]

export function Menu({ end }: { end: (() => void) | null }) {
  const texts = useTexts()
  const [sound, setSound] = useSound()
  const [isOpen, setOpen] = useState(false)
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
  const choose = (what: () => void) => () => {
    close()
    what()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what happens inside
    <div
      className="menu"
      ref={box}
      onKeyDown={press}
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
        aria-label={texts('app.menu')}
        title={texts('app.menu')}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="menu" />
      </button>
      {isOpen && (
        <div role="menu" aria-label={texts('app.menu')}>
          <button
            type="button"
            role="menuitemcheckbox"
            aria-checked={sound}
            tabIndex={-1}
            onClick={choose(() => setSound(!sound))}
          >
            {texts('sound')}
            {sound && <Icon name="check" size={18} />}
          </button>
          {end && (
            <button type="button" role="menuitem" tabIndex={-1} onClick={choose(end)}>
              {texts('session.end')}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
