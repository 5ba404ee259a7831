import type { ReactNode, RefObject } from 'react'
import { Icon } from './icon.tsx'
import './search-field.css'

interface SearchFieldProps {
  value: string
  label: string
  onChange: (value: string) => void
  /** The key that leads here, if there is one. */
  shortcut?: string
  inputRef?: RefObject<HTMLInputElement | null>
  children?: ReactNode
}

/** Escape empties it before it does anything else. */
export function SearchField({ value, label, onChange, shortcut, inputRef, children }: SearchFieldProps) {
  return (
    <div className="search-field">
      <Icon name="search" size={16} />
      <input
        ref={inputRef}
        type="search"
        value={value}
        placeholder={label}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        onChange={event => onChange(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Escape' || value === '') return
          event.preventDefault()
          event.stopPropagation()
          onChange('')
        }}
      />
      {children}
    </div>
  )
}
