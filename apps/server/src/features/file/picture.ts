import { rename } from 'node:fs/promises'
import { AVATAR_SIDE, Failure, THUMBNAIL_SIDE } from '@parley/contracts'
import sharp, { type Sharp } from 'sharp'
import { storageIsAway } from './storage.ts'

// Whatever else the library could read, somebody could send.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map(format => `VipsForeignLoad${format}`),
})
sharp.cache(false)
sharp.concurrency(1)

/** Of all frames together: a small file can hold a picture that fills the memory. */
const PIXELS_MAX = 120_000_000
/** Seconds. */
const TAKES_AT_MOST = 30
/** A WebP can't be larger. Pixels. */
const WEBP_SIDE_MAX = 16_383

export interface Picture {
  readonly width: number
  readonly height: number
}

const open = (path: string, animated: boolean): Sharp =>
  sharp(path, { animated, failOn: 'error', limitInputPixels: PIXELS_MAX }).timeout({ seconds: TAKES_AT_MOST })

/** How each type is written. */
const WRITE: Readonly<Record<string, (image: Sharp) => Sharp>> = {
  'image/jpeg': image => image.jpeg({ quality: 88 }),
  'image/png': image => image.png(),
  'image/gif': image => image.gif(),
  'image/webp': image =>
    image
      .resize({ width: WEBP_SIDE_MAX, height: WEBP_SIDE_MAX, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 85 }),
}

/**
 * Makes the picture anew, in place, the right way up and with nothing in it but its pixels: no place, no camera, nothing
 * hidden. What moves goes on moving. Its first frame becomes the thumbnail.
 */
export const remakePicture = (path: string, mimeType: string, thumbnail: string): Promise<Picture> =>
  orRefused(async () => {
    const { pages = 1 } = await open(path, true).metadata()
    const animated = pages > 1
    const image = animated ? open(path, true) : open(path, false).autoOrient()
    const made = `${path}.made`
    const { width, height, pageHeight } = await (WRITE[mimeType]?.(image) ?? image.png()).toFile(made)
    await rename(made, path)
    await thumbnailOf(path, thumbnail)
    return { width, height: pageHeight ?? height }
  })

const thumbnailOf = (path: string, to: string) =>
  open(path, false)
    .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 75 })
    .toFile(to)

/** Makes a person's picture of one: a square from its middle. */
export const makeAvatar = (path: string, to: string): Promise<unknown> =>
  orRefused(() =>
    open(path, false)
      .autoOrient()
      .resize({ width: AVATAR_SIDE, height: AVATAR_SIDE, fit: 'cover' })
      .webp({ quality: 82 })
      .toFile(to),
  )

/** Whatever keeps a picture from being read is the picture's own fault, but for a disk that is full. */
const orRefused = <T>(make: () => Promise<T>): Promise<T> => make().catch(refuse)

function refuse(error: unknown): never {
  if (error instanceof Error && OF_DISK.test(error.message)) storageIsAway(error)
  throw new Failure('unsupported_media_type', { reason: 'picture' })
}

const OF_DISK = /no space|unable to open for write|write error/i
