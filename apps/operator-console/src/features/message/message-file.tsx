import type { MessageFile as File } from '@parley/contracts'
import { useTexts } from '../../i18n/i18n.tsx'

const KB = 1024

/** A link to what a client has sent along; an address that is neither https nor of this server is none. */
export function MessageFile({ file }: { file: File }) {
  const texts = useTexts()
  const name = file.name ?? texts('message.file')
  const size = file.size === null ? '' : ` · ${sizeText(file.size, texts.locale)}`
  const href = safeAddress(file.url)
  if (href === null) return <p className="message-text">{name + size}</p>
  return (
    <p className="message-text">
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        {name}
      </a>
      {size}
    </p>
  )
}

function safeAddress(address: string): string | null {
  if (!URL.canParse(address, window.location.origin)) return null
  const url = new URL(address, window.location.origin)
  return url.protocol === 'https:' || url.origin === window.location.origin ? url.href : null
}

function sizeText(bytes: number, locale: string): string {
  const [value, unit] = bytes < KB * KB ? [bytes / KB, 'kilobyte'] : [bytes / KB / KB, 'megabyte']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}
