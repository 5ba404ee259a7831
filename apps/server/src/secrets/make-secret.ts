import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits that a person may have to copy: a prefix that says what it is, then base64url. */
export const makeSecret = (prefix: string): string => prefix + randomBytes(32).toString('base64url')

/** Hex SHA-256. A secret of 256 random bits needs no slow hash. */
export const hashOfSecret = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('hex')
