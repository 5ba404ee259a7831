import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AVATAR_SIDE, Failure } from '@parley/contracts'
import { fileIdOf, fileUrlOf, type Ids, type KnownFile } from '@parley/core'
import { problemText } from '../../operations/problems.ts'
import type { ServerContext } from '../../operations/types.ts'
import { contentKindOf } from './content-type.ts'
import type { FileRows } from './file-rows.ts'
import { contentKey, keepFile, orUnavailable } from './keep-file.ts'
import { makeAvatar } from './picture.ts'
import type { FileStorage } from './storage.ts'
import { refusedField, type Uploads } from './uploads.ts'
import type { Workshop } from './workshop.ts'

/** Pictures of people: square files that anyone may have. An address that is answered is to become the person's `avatar`. */
export interface Pictures {
  /** Of the image that comes with the request. */
  take(context: ServerContext, userId: string): Promise<string>
  /** Of an upload of the caller's own (an API key: of a key's); one that is such a picture already stays as it is. */
  adopt(context: ServerContext, userId: string, url: string): Promise<string>
  /** As `adopt`, for those who may name pictures of elsewhere too: these stay as they are. */
  adoptOrKeep(context: ServerContext, userId: string, url: string): Promise<string>
}

export interface PicturesParts {
  readonly rows: FileRows
  readonly storage: FileStorage
  readonly workshop: Workshop
  readonly uploads: Uploads
  readonly ids: Pick<Ids, 'next'>
}

export function createPictures(parts: PicturesParts): Pictures {
  const { rows, storage, workshop, uploads, ids } = parts
  const keep = async (userId: string, from: string, folder: string, name: string) => {
    const path = join(folder, 'picture')
    await uploads.inTurn(() => makeAvatar(from, path))
    const file: KnownFile = {
      ...{ id: ids.next(), ownerId: userId, name, size: (await stat(path)).size, mimeType: 'image/webp' },
      ...{ width: AVATAR_SIDE, height: AVATAR_SIDE, durationMs: null, hasThumbnail: false, isPublic: true },
    }
    await keepFile({ rows, storage }, { file, path, thumbnail: null })
    return fileUrlOf(file.id)
  }

  const pictures: Pictures = {
    take: (context, userId) =>
      uploads.during(context, async ({ path, folder, name }) => {
        if ((await contentKindOf(path, name))?.kind !== 'picture')
          throw new Failure('unsupported_media_type', { reason: 'no_picture' })
        return await keep(userId, path, folder, name)
      }),

    async adopt(context, userId, url) {
      const fileId = fileIdOf(url)
      const file = fileId === null ? null : await rows.file(fileId)
      if (!file || !isPicture(file) || !isOwn(context, file, userId))
        throw refusedField('avatar', problemText(context.locale, 'own_picture'))
      if (file.isPublic && file.ownerId === userId) return fileUrlOf(file.id)
      return await orUnavailable(
        workshop.during(async folder => {
          const path = join(folder, 'file')
          const content = await storage.read(contentKey(file.id))
          if (!content) throw refusedField('avatar', problemText(context.locale, 'own_picture'))
          await pipeline(content.stream, createWriteStream(path))
          return await keep(userId, path, folder, file.name)
        }),
      )
    },

    adoptOrKeep: (context, userId, url) =>
      fileIdOf(url) === null ? Promise.resolve(url) : pictures.adopt(context, userId, url),
  }
  return pictures
}

const isPicture = ({ mimeType }: KnownFile): boolean => mimeType.startsWith('image/')

const isOwn = ({ caller }: ServerContext, { ownerId, isPublic }: KnownFile, userId: string): boolean => {
  if (isPublic && ownerId === userId) return true
  return caller.kind === 'person' ? ownerId === caller.userId : caller.kind === 'key' && ownerId === null
}
