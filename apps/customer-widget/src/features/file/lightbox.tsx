import { useLayoutEffect, useRef } from 'react'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'

interface LightboxProps {
  name: string
  address: string
  stored: string | null
  close: () => void
}

/** A picture as large as the panel. */
export function Lightbox({ name, address, stored, close }: LightboxProps) {
  const texts = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  // Closed by the browser, the focus goes back to where it was; `onClose` follows.
  const leave = () => dialog.current?.close()
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={name}
      onClose={close}
      onClick={({ target }) => {
        if (target === dialog.current) leave()
      }}
      onKeyDown={event => {
        // The panel stays: only the picture closes.
        if (event.key === 'Escape') event.stopPropagation()
      }}
    >
      <header>
        <bdi>{name}</bdi>
        {stored && (
          <a
            className="icon-button"
            href={stored}
            target="_blank"
            rel="noopener noreferrer nofollow"
            aria-label={texts('file.new_tab')}
            title={texts('file.new_tab')}
          >
            <Icon name="leave" size={20} />
          </a>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={texts('file.close')}
          title={texts('file.close')}
          onClick={leave}
        >
          <Icon name="close" />
        </button>
      </header>
      <img src={address} alt={name} />
    </dialog>
  )
}
