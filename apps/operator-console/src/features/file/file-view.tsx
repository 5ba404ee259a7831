import type { MessageFile } from '@parley/contracts'
import { fileKind, safeAddress, sizeText } from '@parley/design/files'
import type { TimelineMessage, Uploading } from '@parley/sdk'
import { useTexts } from '../../i18n/i18n.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Picture } from './picture.tsx'
import { useBlobAddress } from './use-blob-address.ts'
import './file-view.css'

const addressOf = (url: string | null) => safeAddress(url, window.location.origin)

/** What came with a message: a picture, a sound to be played, or a file to be fetched. */
export function FileView({ message, file }: { message: TimelineMessage; file: MessageFile }) {
  const uploading = 'uploading' in message ? message.uploading : null
  const kind = fileKind(message)
  if (kind === 'picture') return <PictureOf file={file} uploading={uploading} />
  const address = addressOf(file.url)
  if (kind === 'sound' && address !== null) return <Sound file={file} address={address} />
  return <FileRow file={file} address={address} />
}

function PictureOf({ file, uploading }: { file: MessageFile; uploading: Uploading | null }) {
  const local = useBlobAddress(uploading?.blob ?? null)
  const full = local ?? addressOf(file.url)
  if (full === null) return <FileRow file={file} address={null} />
  return <Picture file={file} small={local ?? addressOf(file.thumbnailUrl) ?? full} full={full} />
}

function Sound({ file, address }: { file: MessageFile; address: string }) {
  const texts = useTexts()
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in it
    <audio
      className="file-sound"
      controls
      preload="metadata"
      src={address}
      aria-label={file.name ?? texts('message.file')}
    />
  )
}

/** `address` null: it is not on the server yet, or nowhere that may be linked to. */
function FileRow({ file, address }: { file: MessageFile; address: string | null }) {
  const texts = useTexts()
  const name = file.name ?? texts('message.file')
  const content = (
    <>
      <Icon name="file" size={24} />
      <span className="file-row-name">
        <bdi>{name}</bdi>
        {file.size !== null && <small className="numbers">{sizeText(file.size, texts.locale)}</small>}
      </span>
      {address !== null && <Icon name="take" size={16} />}
    </>
  )
  if (address === null) return <p className="file-row">{content}</p>
  return (
    <a
      className="file-row"
      href={address}
      download={name}
      target="_blank"
      rel="noopener noreferrer nofollow"
      title={texts('file.download', { name })}
    >
      {content}
    </a>
  )
}
