import { createHmac, randomInt } from 'node:crypto'

const DIGITS = 6

export const newCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')

/**
 * Hex HMAC-SHA256 with the server's own secret: a million codes are tried in no time, so that a plain hash in a stolen
 * database would hide none of them.
 */
export const hashOfCode = (secret: string, phone: string, code: string): string =>
  createHmac('sha256', secret).update(`login code ${phone} ${code}`, 'utf8').digest('hex')
