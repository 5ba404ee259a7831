import { useRef } from 'react'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'

/** Of what the server takes; with pictures among it, phones offer their camera. What else somebody drags in, the server judges. */
const ACCEPT =
  'image/*,audio/*,video/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,.rtf,.txt,.csv,.md,.log,.zip'

/** The paperclip. */
export function FileButton({ choose }: { choose: (files: readonly File[]) => void }) {
  const texts = useTexts()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        className="icon-button attach"
        aria-label={texts('file.attach')}
        title={texts('file.attach')}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" size={22} />
      </button>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        multiple
        hidden
        onChange={({ currentTarget }) => {
          choose([...(currentTarget.files ?? [])])
          // The same file again is a choice too.
          currentTarget.value = ''
        }}
      />
    </>
  )
}
