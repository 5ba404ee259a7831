import { textOn } from '@parley/design/contrast'
import { useTexts } from '../../i18n/i18n.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ACCENT } from './site-entry.ts'
import './accent-field.css'

interface AccentFieldProps {
  value: string
  problem: string | null
  onChange: (value: string) => void
}

/** A colour by picking or by typing, and the widget's button in it. */
export function AccentField({ value, problem, onChange }: AccentFieldProps) {
  const texts = useTexts()
  const known = ACCENT.test(value) ? value : '#000000'
  return (
    <Field label={texts('site.accent')} hint={texts('site.accent_hint')} problem={problem}>
      {control => (
        <div className="accent">
          <input
            type="color"
            aria-label={texts('site.accent_pick')}
            value={known.toLowerCase()}
            onChange={event => onChange(event.target.value)}
          />
          <input
            {...control}
            className="input"
            spellCheck={false}
            autoComplete="off"
            maxLength={7}
            value={value}
            onChange={event => onChange(event.target.value.trim())}
          />
          <span className="accent-preview" style={{ background: known, color: textOn(known) }}>
            <Icon name="sessions" size={22} />
          </span>
        </div>
      )}
    </Field>
  )
}
