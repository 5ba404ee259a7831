import type { ComponentProps } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './button.css'

interface Looks {
  look?: 'plain' | 'primary' | 'danger' | 'quiet'
  size?: 'm' | 's'
  /** The server has not answered yet: it keeps its focus and takes no second press. */
  pending?: boolean
}

export function Button({
  look = 'plain',
  size = 'm',
  pending = false,
  className = '',
  onClick,
  children,
  ...rest
}: ComponentProps<'button'> & Looks) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look} button-size-${size} ${className}`}
      aria-disabled={pending || rest['aria-disabled']}
      aria-busy={pending}
      onClick={event => {
        if (pending) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {pending && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  )
}

/** A button that is only a picture: `label` says what it does, and shows on hover. */
export function IconButton({
  icon,
  label,
  shortcut,
  className = '',
  ...rest
}: ComponentProps<'button'> & { icon: IconName; label: string; shortcut?: string }) {
  return (
    <button
      type="button"
      {...rest}
      className={`icon-button ${className}`}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={shortcut ? `${label} (${shortcut})` : label}
    >
      <Icon name={icon} />
    </button>
  )
}
