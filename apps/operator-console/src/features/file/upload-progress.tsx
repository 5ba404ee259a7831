import { percentOf } from '@parley/design/files'
import type { Uploading } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { IconButton } from '../../ui/button.tsx'

/** How far an upload is, and the way out of it. */
export function UploadProgress({ uploading, onCancel }: { uploading: Uploading; onCancel: () => void }) {
  const texts = useTexts()
  const percent = percentOf(uploading)
  return (
    <div className="upload">
      <progress max={100} value={percent} aria-label={texts('file.uploading')} />
      <span className="numbers">{texts('file.percent', { n: percent })}</span>
      <IconButton icon="close" label={texts('file.cancel')} onClick={onCancel} />
    </div>
  )
}
