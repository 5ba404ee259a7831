import { Failure } from '@parley/contracts'
import { type Caller, type FileStore, fileIdOf, fileReaderOf, fileUrlOf, type KnownFile } from '@parley/core'
import { downloadName, kindOf } from './file-kinds.ts'
import type { FileRows } from './file-rows.ts'
import type { FileUrls } from './file-urls.ts'
import { contentKey, orUnavailable, thumbnailKey } from './keep-file.ts'
import type { ByteRange, Content, FileStorage } from './storage.ts'

export interface FileRequest {
  readonly fileId: string
  readonly thumbnail: boolean
  readonly query: { readonly expires?: unknown; readonly signature?: unknown }
}

/** Who may keep a copy, and how long: anyone; its reader until the address is no longer good; its reader, who asks again. */
export type Keeping =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'reader'; readonly seconds: number }
  | { readonly kind: 'asked' }

export interface ServedFile {
  readonly mimeType: string
  /** That it is saved by. */
  readonly name: string
  /** May a browser show it where it is, rather than save it? */
  readonly inline: boolean
  /** Bytes; null where only the whole can be had. */
  readonly size: number | null
  readonly etag: string
  readonly keeping: Keeping
  read(range?: ByteRange): Promise<Content>
}

export interface FileServing {
  /** `who` is asked only where the address itself doesn't say that its bearer may have the file. */
  open(request: FileRequest, who: () => Promise<Caller>): Promise<ServedFile>
}

export interface ServingParts {
  readonly rows: Pick<FileRows, 'file'>
  readonly store: FileStore
  readonly storage: Pick<FileStorage, 'read'>
  readonly urls: Pick<FileUrls, 'goodUntil'>
  readonly now: () => number
}

export const createServing = (parts: ServingParts): FileServing => ({
  async open(request, who) {
    const [file, keeping] = await found(parts, request, who)
    if (request.thumbnail && !file.hasThumbnail) throw new Failure('not_found')
    return served(parts, file, request.thumbnail, keeping)
  },
})

async function found(
  { rows, store, urls, now }: ServingParts,
  { fileId, query }: FileRequest,
  who: () => Promise<Caller>,
): Promise<[KnownFile, Keeping]> {
  const file = fileIdOf(fileUrlOf(fileId)) === null ? null : await rows.file(fileId)
  if (file?.isPublic) return [file, { kind: 'anyone' }]
  const until = urls.goodUntil(fileId, query)
  if (until !== null && file) return [file, { kind: 'reader', seconds: Math.floor((until - now()) / 1000) }]
  const reader = fileReaderOf(await who())
  if (reader === null) throw new Failure('unauthorized')
  const readable = file && (await store.readableFile(fileId, reader))
  if (!readable) throw new Failure('not_found')
  return [readable, { kind: 'asked' }]
}

function served(
  { storage }: Pick<ServingParts, 'storage'>,
  file: KnownFile,
  thumbnail: boolean,
  keeping: Keeping,
): ServedFile {
  const mimeType = thumbnail ? 'image/webp' : file.mimeType
  const key = thumbnail ? thumbnailKey(file.id) : contentKey(file.id)
  return {
    mimeType,
    name: downloadName(file.name, mimeType),
    inline: kindOf(mimeType)?.kind !== 'document',
    size: thumbnail ? null : file.size,
    etag: `"${key}"`,
    keeping,
    async read(range) {
      const content = await orUnavailable(storage.read(key, range))
      if (!content) throw new Failure('not_found')
      return content
    },
  }
}
