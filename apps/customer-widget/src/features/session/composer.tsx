import { pastedFiles } from '@parley/design/files'
import { lengthOf, sendsOn } from '@parley/design/writing'
import type { SessionHandle } from '@parley/sdk'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { usePage } from '../../app/host-context.tsx'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { FileButton } from '../file/index.ts'
import { useWritten } from './written.ts'

/** The counter shows when this many characters are left. */
const NEAR = 100

interface ComposerProps {
  handle: SessionHandle
  send: (text: string) => void
  sendFiles: (files: readonly File[]) => void
  /** A text to begin with; null: what was being written when the page was left. */
  given: string | null
}

export function Composer({ handle, send, sendFiles, given }: ComposerProps) {
  const texts = useTexts()
  const { settings, open, focus } = usePage()
  const [text, setText] = useWritten(given)
  const field = useRef<HTMLTextAreaElement>(null)
  const counter = useId()
  const left = settings.messageMaxLength - lengthOf(text)
  const blank = text.trim() === ''
  const cannot = blank || left < 0

  useEffect(() => {
    // A phone's keyboard would hide what is said: there one taps.
    if (open && focus && matchMedia('(pointer: fine)').matches) field.current?.focus()
  }, [open, focus])

  const write = (next: string) => {
    setText(next)
    handle.typing(next.trim() !== '')
  }
  const submit = () => {
    if (cannot) return
    send(text)
    setText('')
    field.current?.focus()
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (!sendsOn(event.nativeEvent)) return
    event.preventDefault()
    submit()
  }

  const paste = (event: ClipboardEvent) => {
    const files = pastedFiles(event.clipboardData)
    if (files.length === 0) return
    event.preventDefault()
    sendFiles(files)
  }

  return (
    <form
      className="composer"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="composer-field" data-value={`${text}\n`}>
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder={texts('message.write')}
          aria-label={texts('message.write')}
          aria-invalid={left < 0}
          aria-describedby={counter}
          enterKeyHint="send"
          onInput={event => write(event.currentTarget.value)}
          onKeyDown={press}
          onPaste={paste}
          onBlur={() => handle.typing(false)}
        />
      </div>
      <FileButton choose={sendFiles} />
      <button
        type="submit"
        className="send"
        aria-label={texts('message.send')}
        title={texts('message.send')}
        disabled={cannot}
      >
        <Icon name="send" size={20} />
      </button>
      <p className="counter numbers" id={counter} data-over={left < 0 || undefined}>
        {left <= NEAR && texts(left < 0 ? 'message.too_long' : 'message.left', { n: Math.abs(left) })}
      </p>
    </form>
  )
}
