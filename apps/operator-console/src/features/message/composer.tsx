import { lengthOf, sendsOn } from '@parley/design/writing'
import type { SessionHandle } from '@parley/sdk'
import { type KeyboardEvent, useId, useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useDrafts } from './drafts-context.tsx'
import './composer.css'

/** The counter shows when this many characters are left. */
const NEAR = 100

interface ComposerProps {
  sessionId: string
  handle: SessionHandle
  /** In code points; `null`: not known yet. */
  maxLength: number | null
  label: string
}

export function Composer({ sessionId, handle, maxLength, label }: ComposerProps) {
  const texts = useTexts()
  const drafts = useDrafts()
  const [text, setText] = useState(() => drafts.read(sessionId))
  const counter = useId()
  const left = maxLength === null ? null : maxLength - lengthOf(text)
  const tooLong = left !== null && left < 0
  const blank = text.trim() === ''

  const write = (next: string) => {
    setText(next)
    drafts.write(sessionId, next)
    handle.typing(next.trim() !== '')
  }
  const send = () => {
    if (blank || tooLong) return
    handle.send(text)
    write('')
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!sendsOn(event.nativeEvent)) return
    event.preventDefault()
    send()
  }

  return (
    <form
      className="composer"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <div className="composer-field" data-value={`${text}\n`}>
        <textarea
          rows={1}
          dir="auto"
          value={text}
          placeholder={texts('message.write')}
          aria-label={label}
          aria-invalid={tooLong}
          aria-describedby={counter}
          enterKeyHint="send"
          data-composer
          onChange={event => write(event.target.value)}
          onKeyDown={press}
          onBlur={() => handle.typing(false)}
        />
      </div>
      <p className="composer-counter numbers" id={counter} data-over={tooLong || undefined}>
        {left !== null &&
          left <= NEAR &&
          texts(tooLong ? 'message.too_long' : 'message.left', { n: Math.abs(left) })}
      </p>
      <button
        type="submit"
        className="composer-send"
        aria-label={texts('message.send')}
        title={texts('message.send_key')}
        disabled={blank || tooLong}
      >
        <Icon name="send" />
      </button>
    </form>
  )
}

/** Puts the person where they write, if there is such a place now. */
export const focusComposer = (): boolean => {
  const field = document.querySelector<HTMLElement>('[data-composer]')
  field?.focus()
  return field !== null
}
