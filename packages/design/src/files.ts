const KB = 1024

/** Bytes as a person says them. */
export function sizeText(bytes: number, locale: string): string {
  const say = (value: number, unit: string, unitDisplay: 'long' | 'short') =>
    value.toLocaleString(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 })
  if (bytes < KB) return say(bytes, 'byte', 'long')
  return bytes < KB * KB ? say(bytes / KB, 'kilobyte', 'short') : say(bytes / KB / KB, 'megabyte', 'short')
}

/** How far an upload is, in whole per cent: all of it only when all of it is there. An empty file is there at once. */
export const percentOf = ({ loaded, total }: { readonly loaded: number; readonly total: number }): number =>
  total === 0 ? 100 : Math.floor((loaded / total) * 100)

/** An address that a link or picture of a page may have: https, or of the page's own `origin`. `null`: it is neither. */
export function safeAddress(address: string | null, origin: string): string | null {
  if (!address || !URL.canParse(address, origin)) return null
  const url = new URL(address, origin)
  return url.protocol === 'https:' || url.origin === origin ? url.href : null
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** As large as the room allows, and never larger than it is. Pixels. */
export function fitted({ width, height }: Size, room: Size): Size {
  const scale = Math.min(1, room.width / width, room.height / height)
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

/** What kind of thing a person sees in it. A sound is one that was recorded for this, or any other. */
export type FileKind = 'picture' | 'sound' | 'file'

interface Seen {
  readonly type: string
  readonly file: { readonly mimeType: string | null } | null
}

/** By the message's own type, or by what the server has found in the file. */
export function fileKind({ type, file }: Seen): FileKind {
  const found = file?.mimeType ?? ''
  if (type === 'image' || found.startsWith('image/')) return 'picture'
  return type === 'voice' || found.startsWith('audio/') ? 'sound' : 'file'
}

/** Has it a picture still? What is left of a recalled one has none. */
export const isPicture = (message: Seen): boolean => Boolean(message.file) && fileKind(message) === 'picture'

/** What may stand in a paste or a drop. */
type Transfer = Pick<DataTransfer, 'types' | 'files' | 'items'>

export const hasFiles = ({ types }: Pick<Transfer, 'types'>): boolean => types.includes('Files')

/** Pictures and files of a paste; of a text that brings a picture of itself along, the text is meant. */
export const pastedFiles = ({ types, files }: Transfer): readonly File[] =>
  types.includes('text/plain') ? [] : [...files]

/** What was dropped, without folders: they can't be sent. */
export function droppedFiles({ items, files }: Transfer): readonly File[] {
  const folders = [...items].map(item => item.webkitGetAsEntry()?.isDirectory === true)
  return [...files].filter((_, at) => !folders[at])
}
