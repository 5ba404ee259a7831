import { Switch } from 'radix-ui'
import { useId } from 'react'
import './toggle.css'

interface ToggleProps {
  label: string
  hint?: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

export function Toggle({ label, hint, checked, disabled = false, onChange }: ToggleProps) {
  const id = useId()
  return (
    <div className="toggle">
      <label htmlFor={id}>
        {label}
        {hint && <small id={`${id}-hint`}>{hint}</small>}
      </label>
      <Switch.Root
        id={id}
        className="toggle-track"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint && `${id}-hint`}
        onCheckedChange={onChange}
      >
        <Switch.Thumb className="toggle-thumb" />
      </Switch.Root>
    </div>
  )
}
