import { sizeText } from '@parley/design/files'
import { useTexts } from '../../i18n/i18n.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Attachment, type Attachments, FILES_MAX } from './use-attachments.ts'
import { useBlobAddress } from './use-blob-address.ts'
import './attachment-list.css'

/** What goes out with the next message, each to be looked at and taken back. */
export function AttachmentList({ attachments }: { attachments: Attachments }) {
  const texts = useTexts()
  const { files, tooMany, remove } = attachments
  if (files.length === 0) return null
  return (
    <div className="attachments">
      <ul className="attachment-list" aria-label={texts('file.chosen')}>
        {files.map(attachment => (
          <AttachmentItem
            key={attachment.key}
            attachment={attachment}
            onRemove={() => remove(attachment.key)}
          />
        ))}
      </ul>
      <p className="field-problem" role="alert">
        {tooMany && texts('file.too_many', { max: FILES_MAX })}
      </p>
    </div>
  )
}

function AttachmentItem({ attachment, onRemove }: { attachment: Attachment; onRemove: () => void }) {
  const texts = useTexts()
  const { file } = attachment
  const picture = useBlobAddress(file.type.startsWith('image/') ? file : null)
  return (
    <li className="attachment">
      {picture ? <img src={picture} alt="" width={40} height={40} /> : <Icon name="file" />}
      <span className="attachment-name">
        <bdi>{file.name}</bdi>
        <small className="numbers">{sizeText(file.size, texts.locale)}</small>
      </span>
      <IconButton icon="close" label={texts('file.remove', { name: file.name })} onClick={onRemove} />
    </li>
  )
}
