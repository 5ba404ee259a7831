import type { ReactNode } from 'react'
import './choice.css'

interface ChoiceProps {
  type: 'radio' | 'checkbox'
  name: string
  value: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
  picture: ReactNode
  title: string
  /** In small type below the title. */
  children?: ReactNode
}

/** A person, chat or place to be chosen among others. */
export const Choice = ({ picture, title, children, onChange, ...input }: ChoiceProps) => (
  <label className="choice">
    <input {...input} onChange={event => onChange(event.target.checked)} />
    {picture}
    <span className="choice-words">
      <bdi className="choice-title">{title}</bdi>
      {children && <small className="numbers">{children}</small>}
    </span>
  </label>
)
