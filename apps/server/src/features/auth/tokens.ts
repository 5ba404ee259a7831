import { ROLES, type Role } from '@parley/contracts'
import type { Clock } from '@parley/core'
import { createSigner, createVerifier, TokenError } from 'fast-jwt'
import { z } from 'zod'

const ISSUER = 'parley'
const MIN_SECRET_BYTES = 32

/** Who a token stands for, and the login it belongs to. */
export interface TokenSubject {
  readonly userId: string
  readonly role: Role
  /** The display name, if one is known. */
  readonly name: string | null
  readonly loginId: string
  /** When the login began: a token that is refreshed keeps it. Milliseconds. */
  readonly loginAt: number
  /** Nothing else may be done with it before the password is changed. */
  readonly mustChangePassword?: boolean
}

export interface IssuedToken {
  readonly token: string
  /** Seconds. */
  readonly expiresIn: number
  /** ISO 8601. */
  readonly expiresAt: string
}

export interface Tokens {
  issue(subject: TokenSubject, seconds: number): IssuedToken
  /** Null for anything but a token of ours, for this use and this site, that is still good. Revocation is not looked at. */
  verify(token: string): TokenSubject | null
}

/** No id that the database could hold is other than this. */
const STORABLE = /^[^\0\p{Surrogate}]+$/u

/** `auth_time` is OpenID Connect's: when the person proved who it is. In seconds, with milliseconds behind the point. */
const claims = z.object({
  sub: z.string().regex(STORABLE),
  role: z.enum(ROLES),
  name: z.string().nullable(),
  lid: z.string().regex(STORABLE),
  auth_time: z.number(),
  must_change_password: z.literal(true).optional(),
})

/**
 * Signed tokens for one use: one that was made for the console's cookie is no bearer token, and the other way round.
 */
export function createTokens(options: {
  readonly secret: string
  readonly siteId: string
  readonly use: 'bearer' | 'console'
  readonly clock: Clock
}): Tokens {
  if (Buffer.byteLength(options.secret) < MIN_SECRET_BYTES)
    throw new Error('the secret of tokens is too short')
  const audience = `${options.siteId}/${options.use}`
  const sign = createSigner({ key: options.secret, algorithm: 'HS256', iss: ISSUER, aud: audience })
  const verify = createVerifier({
    key: options.secret,
    algorithms: ['HS256'],
    allowedIss: ISSUER,
    allowedAud: audience,
    // Claims are only checked where they are there.
    requiredClaims: ['iss', 'aud', 'exp'],
  })

  return {
    issue(subject, seconds) {
      const issuedAt = Math.floor(options.clock.now() / 1000)
      const exp = issuedAt + seconds
      const token = sign({ ...toClaims(subject), iat: issuedAt, exp })
      return { token, expiresIn: seconds, expiresAt: new Date(exp * 1000).toISOString() }
    },
    verify(token) {
      const payload = claims.safeParse(verified(verify, token))
      return payload.success ? fromClaims(payload.data) : null
    },
  }
}

function verified(verify: (token: string) => unknown, token: string): unknown {
  try {
    return verify(token)
  } catch (error) {
    if (error instanceof TokenError) return null
    throw error
  }
}

const toClaims = (subject: TokenSubject): z.input<typeof claims> => ({
  sub: subject.userId,
  role: subject.role,
  name: subject.name,
  lid: subject.loginId,
  auth_time: subject.loginAt / 1000,
  ...(subject.mustChangePassword && { must_change_password: true as const }),
})

const fromClaims = (payload: z.output<typeof claims>): TokenSubject => ({
  userId: payload.sub,
  role: payload.role,
  name: payload.name,
  loginId: payload.lid,
  loginAt: Math.round(payload.auth_time * 1000),
  ...(payload.must_change_password && { mustChangePassword: true }),
})
