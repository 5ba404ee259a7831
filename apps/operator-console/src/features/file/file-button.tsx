import { useRef } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { IconButton } from '../../ui/button.tsx'

/** The paperclip. */
export function FileButton({ onChoose }: { onChoose: (files: Iterable<File>) => void }) {
  const texts = useTexts()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        className="composer-attach"
        icon="attach"
        label={texts('file.attach')}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-file
        aria-label={texts('file.attach')}
        onChange={event => {
          const { files } = event.currentTarget
          if (files) onChoose([...files])
          // The same file again is a choice too.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
