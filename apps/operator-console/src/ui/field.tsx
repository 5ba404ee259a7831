import { type ComponentProps, type ReactNode, useId } from 'react'
import './field.css'

interface FieldProps {
  label: string
  hint?: string | undefined
  problem?: string | null | undefined
  /** What the control needs so that label, hint and problem belong to it. */
  children: (control: ControlProps) => ReactNode
}

export interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean
}

export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': Boolean(problem) })}
      {problem && (
        <p className="field-problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

type TextFieldProps = Omit<ComponentProps<'input'>, 'onChange'> &
  Omit<FieldProps, 'children'> & { onChange: (value: string) => void }

export function TextField({ label, hint, problem, onChange, className = '', ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {control => (
        <input
          {...input}
          {...control}
          className={`input ${className}`}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface OptionsProps<T extends string> {
  legend: string
  name: string
  value: T
  options: readonly { value: T; label: string; hint?: string }[]
  onChange: (value: T) => void
}

export function Options<T extends string>({ legend, name, value, options, onChange }: OptionsProps<T>) {
  return (
    <fieldset className="options">
      <legend>{legend}</legend>
      {options.map(option => (
        <label key={option.value} className="option">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** What a form as a whole was refused for, said as soon as it is there. */
export const FormProblem = ({ children }: { children: string | null }) => (
  <div role="alert">{children && <p className="field-problem">{children}</p>}</div>
)
