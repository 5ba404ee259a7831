import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Clock } from '@parley/core'

export interface FileUrls {
  /** A path of a file, or of its thumbnail, that can be followed for `ttlMs` at least. */
  sign(path: string): string
  /** Until when the query lets anyone have the file; null: it doesn't. Milliseconds since 1970. */
  goodUntil(
    fileId: string,
    query: { readonly expires?: unknown; readonly signature?: unknown },
  ): number | null
}

/** The same address is given for so much of its life, so that browsers find it in their caches. */
const STEPS_IN_A_LIFE = 8

export function createFileUrls(parts: {
  /** Of this server; the key is made from it, so that no signature is good for anything else. */
  readonly secret: string
  readonly ttlMs: number
  readonly clock: Pick<Clock, 'now'>
}): FileUrls {
  const { ttlMs, clock } = parts
  const key = createHmac('sha256', parts.secret).update('parley: addresses of files').digest()
  const step = Math.max(1, Math.floor(ttlMs / STEPS_IN_A_LIFE))
  const signatureOf = (fileId: string, expires: string) =>
    createHmac('sha256', key).update(`${fileId}\n${expires}`).digest()
  return {
    sign(path) {
      const expires = String((Math.floor(clock.now() / step) + 1) * step + ttlMs)
      const [, , fileId = ''] = path.split('/')
      return `${path}?expires=${expires}&signature=${signatureOf(fileId, expires).toString('base64url')}`
    },
    goodUntil(fileId, { expires, signature }) {
      if (typeof expires !== 'string' || typeof signature !== 'string') return null
      const given = Buffer.from(signature, 'base64url')
      const right = signatureOf(fileId, expires)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null
      const until = Number(expires)
      return until > clock.now() ? until : null
    },
  }
}
