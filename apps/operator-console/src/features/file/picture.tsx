import type { MessageFile } from '@parley/contracts'
import { fitted } from '@parley/design/files'
import { useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { PictureDialog } from './picture-dialog.tsx'

/** The room that a picture has in a conversation. Pixels. */
const ROOM = { width: 320, height: 280 }

interface PictureProps {
  file: MessageFile
  small: string
  full: string
}

/** Has its size before it is loaded, so that nothing moves; opens large. */
export function Picture({ file, small, full }: PictureProps) {
  const texts = useTexts()
  const [open, setOpen] = useState(false)
  const { width, height } = file
  const name = file.name ?? texts('file.picture')
  const size = width && height ? fitted({ width, height }, ROOM) : {}
  return (
    <>
      <button
        type="button"
        className="picture"
        aria-label={texts('file.open', { name })}
        onClick={() => setOpen(true)}
      >
        <img src={small} alt={name} draggable={false} {...size} />
      </button>
      {open && <PictureDialog name={name} address={full} onClose={() => setOpen(false)} />}
    </>
  )
}
