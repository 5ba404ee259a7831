import { fileKind, safeAddress, sizeText } from '@parley/design/files'
import type { TimelineMessage } from '@parley/sdk'
import { Icon } from '../../app/icon.tsx'
import { useTexts } from '../../i18n/i18n.tsx'
import { fileName } from './file-name.ts'
import { Picture } from './picture.tsx'
import { useBlobAddress } from './use-blob-address.ts'
import './file.css'

/** What came with a message: a picture, a sound to be played, or a file to be fetched. */
export function FileView({ message }: { message: TimelineMessage }) {
  const texts = useTexts()
  const { file } = message
  const kind = fileKind(message)
  const uploading = 'uploading' in message ? message.uploading : null
  const local = useBlobAddress(kind === 'file' ? null : (uploading?.blob ?? null))
  const stored = safeAddress(file?.url ?? null, location.origin)
  const name = fileName(texts, message)
  const row = <FileRow name={name} size={file?.size ?? null} address={stored} />
  const address = local ?? stored
  if (kind === 'file' || address === null) return row
  if (kind === 'sound') return <Sound name={name} address={address} />
  const small = local ?? safeAddress(file?.thumbnailUrl ?? null, location.origin) ?? address
  return <Picture name={name} file={file} small={small} full={address} stored={stored} instead={row} />
}

const Sound = ({ name, address }: { name: string; address: string }) => (
  // biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in it
  <audio className="sound" controls preload="metadata" src={address} aria-label={name} />
)

interface FileRowProps {
  name: string
  /** Bytes. */
  size: number | null
  /** `null`: it is not on the server yet, or nowhere that may be linked to. */
  address: string | null
}

function FileRow({ name, size, address }: FileRowProps) {
  const texts = useTexts()
  const content = (
    <>
      <Icon name="file" />
      <span className="file-name">
        <bdi>{name}</bdi>
        {size !== null && <small className="numbers">{sizeText(size, texts.locale)}</small>}
      </span>
      {address && <Icon name="take" size={20} />}
    </>
  )
  if (!address) return <p className="file">{content}</p>
  return (
    <a className="file" href={address} download={name} target="_blank" rel="noopener noreferrer nofollow">
      {content}
    </a>
  )
}
