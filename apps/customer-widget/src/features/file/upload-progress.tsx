import { percentOf } from '@parley/design/files'
import type { Uploading } from '@parley/sdk'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import './file.css'

interface UploadProgressProps {
  name: string
  uploading: Uploading
  cancel: () => void
}

/** How far an upload is, and the way out of it. */
export function UploadProgress({ name, uploading, cancel }: UploadProgressProps) {
  const texts = useTexts()
  const percent = percentOf(uploading)
  return (
    <div className="upload numbers">
      <progress max={100} value={percent} aria-label={texts('file.uploading', { name })} />
      {texts('file.percent', { n: percent })}
      <button
        type="button"
        className="icon-button"
        aria-label={texts('file.cancel', { name })}
        title={texts('file.cancel', { name })}
        onClick={cancel}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  )
}
