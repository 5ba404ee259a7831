import { isStaff, type MessageFile } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { invalid } from '../access/invalid.ts'
import type { FileReader, FileStore, KnownFile } from '../ports/store/file-store.ts'

const OWN_FILE = /^\/files\/([\w-]{1,64})$/

/** Where a file of this server is, unsigned. */
export const fileUrlOf = (fileId: string): string => `/files/${fileId}`
export const thumbnailUrlOf = (fileId: string): string => `${fileUrlOf(fileId)}/thumbnail`

const isOwn = (url: string): boolean => url.startsWith('/')
const bareUrl = (url: string): string => url.split('?', 1)[0] ?? ''

/** Which file of this server an address stands for, signed or not; null: none. */
export const fileIdOf = (url: string): string | null => OWN_FILE.exec(bareUrl(url))?.[1] ?? null

/** As whom the caller reads files; null: as nobody. */
export function fileReaderOf(caller: Caller): FileReader | null {
  switch (caller.kind) {
    case 'anyone':
      return null
    case 'key':
      return { kind: 'key' }
    case 'person':
      return { kind: 'person', userId: caller.userId, isStaff: isStaff(caller.role) }
  }
}

/** What a message says of its file, as far as this server knows it (M19, M21). */
export async function knownFile(store: FileStore, caller: Caller, file: MessageFile): Promise<MessageFile> {
  if (!isOwn(file.url)) return file
  const [fileId, reader] = [fileIdOf(file.url), fileReaderOf(caller)]
  const known = fileId && reader && (await store.readableFile(fileId, reader))
  if (!known) throw invalid('fileUrl', 'must be a file of this server or an https URL on an allowed host')
  return messageFileOf(known, file.name)
}

const messageFileOf = (file: KnownFile, name: string | null): MessageFile => ({
  url: fileUrlOf(file.id),
  name: name ?? file.name,
  size: file.size,
  mimeType: file.mimeType,
  width: file.width,
  height: file.height,
  durationMs: file.durationMs,
  thumbnailUrl: file.hasThumbnail ? thumbnailUrlOf(file.id) : null,
})

/** The file with what `change` makes of each of its addresses on this server; those of other hosts stay. */
export function withUrls(file: MessageFile, change: (path: string) => string): MessageFile {
  if (!isOwn(file.url)) return file
  return { ...file, url: change(file.url), thumbnailUrl: file.thumbnailUrl && change(file.thumbnailUrl) }
}

/** As it is stored: no signature is kept (M22). */
export const storableFile = (file: MessageFile): MessageFile => withUrls(file, bareUrl)
