import type { MessageFile } from '@parley/contracts'
import { fitted } from '@parley/design/files'
import { type ReactNode, useState } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Lightbox } from './lightbox.tsx'

/** The room that a picture has in the smallest panel. Pixels. */
const ROOM = { width: 240, height: 260 }

interface PictureProps {
  name: string
  file: MessageFile | null
  small: string
  full: string
  /** `null`: it has no address of its own yet. */
  stored: string | null
  /** Where it can't be shown. */
  instead: ReactNode
}

/** Has its size before it is loaded, so that nothing moves; opens large. */
export function Picture({ name, file, small, full, stored, instead }: PictureProps) {
  const texts = useTexts()
  const [open, setOpen] = useState(false)
  const [broken, setBroken] = useState<string | null>(null)
  if (broken === small) return instead
  const { width, height } = file ?? {}
  const size = width && height ? fitted({ width, height }, ROOM) : {}
  return (
    <>
      <button
        type="button"
        className="picture"
        aria-label={texts('file.open', { name })}
        onClick={() => setOpen(true)}
      >
        <img src={small} alt="" draggable={false} onError={() => setBroken(small)} {...size} />
      </button>
      {open && <Lightbox name={name} address={full} stored={stored} close={() => setOpen(false)} />}
    </>
  )
}
