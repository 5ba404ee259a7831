import type { UploadedFile } from '@parley/contracts'
import { fileUrlOf, type Ids, type KnownFile, thumbnailUrlOf } from '@parley/core'
import type { Handlers } from '../../operations/types.ts'
import type { FileRows } from './file-rows.ts'
import type { FileUrls } from './file-urls.ts'
import { keepFile } from './keep-file.ts'
import type { FileStorage } from './storage.ts'
import type { Uploads } from './uploads.ts'

export interface FileParts {
  readonly rows: FileRows
  readonly storage: FileStorage
  readonly uploads: Uploads
  readonly urls: Pick<FileUrls, 'sign'>
  readonly ids: Pick<Ids, 'next'>
}

export type FileHandlers = Pick<Handlers, 'file.upload'>

export const fileHandlers = (parts: FileParts): FileHandlers => ({
  'file.upload': (context, _input) =>
    parts.uploads.during(context, async received => {
      const { path, thumbnail, ...looked } = await parts.uploads.look(received)
      const file: KnownFile = {
        ...looked,
        id: parts.ids.next(),
        ownerId: context.caller.kind === 'person' ? context.caller.userId : null,
        name: received.name,
        hasThumbnail: thumbnail !== null,
        isPublic: false,
      }
      await keepFile(parts, { file, path, thumbnail })
      return uploaded(file, parts.urls)
    }),
})

const uploaded = (file: KnownFile, urls: FileParts['urls']): UploadedFile => ({
  id: file.id,
  url: urls.sign(fileUrlOf(file.id)),
  name: file.name,
  size: file.size,
  mimeType: file.mimeType,
  width: file.width,
  height: file.height,
  durationMs: file.durationMs,
  thumbnailUrl: file.hasThumbnail ? urls.sign(thumbnailUrlOf(file.id)) : null,
})
