import { z } from 'zod'
import { user } from './account.ts'
import { defineOperation } from './define.ts'
import { absentable, id, picture } from './primitives.ts'

/** The longest name of a file, in UTF-16 units. */
export const FILE_NAME_MAX = 255
/** The longest side of a thumbnail, in pixels. */
export const THUMBNAIL_SIDE = 480
/** Both sides of a person's picture, in pixels. */
export const AVATAR_SIDE = 256

/** A file that was uploaded. `width` and `height` in pixels, `durationMs` of sound and video; null where they have no meaning. */
export const uploadedFile = z.object({
  id,
  /** A path of this server, signed: good for `FILE_URL_TTL_MS`. */
  url: z.string(),
  name: z.string(),
  /** Bytes, as it is kept: a picture is made anew. */
  size: z.int(),
  mimeType: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  durationMs: z.int().nullable(),
  thumbnailUrl: z.string().nullable(),
})
export type UploadedFile = z.output<typeof uploadedFile>

/** The file comes with the request, not in the input: only a door that can bring one offers more than a refusal. */
export const fileUpload = defineOperation({
  name: 'file.upload',
  kind: 'command',
  summary:
    'Keeps a file. Its type is told by its content; pictures are made anew, with a thumbnail. One that no message refers to is dropped after a day.',
  who: ['person', 'key'],
  input: z.object({}),
  output: uploadedFile,
  errors: ['payload_too_large', 'unsupported_media_type'],
})

export const setAvatar = defineOperation({
  name: 'user.set-avatar',
  kind: 'command',
  summary:
    'Changes the caller’s picture: an image that comes with the request, or one that the caller has uploaded. Everyone may see it.',
  who: ['person'],
  input: z.object({ avatar: absentable(picture) }),
  output: user,
  errors: ['not_found', 'payload_too_large', 'unsupported_media_type'],
})
