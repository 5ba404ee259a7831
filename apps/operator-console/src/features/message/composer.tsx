import { pastedFiles } from '@parley/design/files'
import { lengthOf, sendsOn } from '@parley/design/writing'
import type { SessionHandle } from '@parley/sdk'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { AttachmentList, type Attachments, FileButton } from '../file/index.ts'
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
  attachments: Attachments
  /** The message that is answered, by its id. */
  replyTo?: string | null
  /** Above the field: what is answered. */
  children?: ReactNode
  onSent?: () => void
}

export function Composer({ sessionId, handle, maxLength, label, attachments, ...props }: ComposerProps) {
  const texts = useTexts()
  const drafts = useDrafts()
  const [text, setText] = useState(() => drafts.read(sessionId))
  const counter = useId()
  const left = maxLength === null ? null : maxLength - lengthOf(text)
  const tooLong = left !== null && left < 0
  const { files, add } = attachments
  const empty = text.trim() === '' && files.length === 0

  const write = (next: string) => {
    setText(next)
    drafts.write(sessionId, next)
    handle.typing(next.trim() !== '')
  }
  const send = () => {
    if (empty || tooLong) return
    sendAll(handle, text, files, props.replyTo ?? null)
    write('')
    attachments.clear()
    props.onSent?.()
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
      {props.children && <div className="composer-above">{props.children}</div>}
      <AttachmentList attachments={attachments} />
      <FileButton
        onChoose={chosen => {
          add(chosen)
          focusComposer()
        }}
      />
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
          onPaste={event => {
            const pasted = pastedFiles(event.clipboardData)
            if (pasted.length === 0) return
            event.preventDefault()
            add(pasted)
          }}
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
        disabled={empty || tooLong}
      >
        <Icon name="send" />
      </button>
    </form>
  )
}

/** Each file is a message; what is said beside them, and what is answered, belongs to the first. */
function sendAll(
  handle: SessionHandle,
  text: string,
  files: Attachments['files'],
  replyTo: string | null,
): void {
  const reply = replyTo === null ? {} : { replyTo }
  const [first, ...others] = files
  if (!first) handle.send(text, ...(replyTo === null ? [] : [reply]))
  else handle.sendFile(first.file, { text: text.trim() === '' ? '' : text, ...reply })
  for (const { file } of others) handle.sendFile(file)
}

/** Puts the person where they write, if there is such a place now. */
export const focusComposer = (): boolean => {
  const field = document.querySelector<HTMLElement>('[data-composer]')
  field?.focus()
  return field !== null
}
