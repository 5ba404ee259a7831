import { createSigner } from 'fast-jwt'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTokens, type TokenSubject } from './tokens.ts'

const secret = 'a secret of at least thirty-two bytes'
const clock = { now: () => Date.now(), after: () => () => undefined }
const tokens = createTokens({ secret, siteId: 'default', use: 'bearer', clock })
const ada: TokenSubject = {
  userId: 'ada',
  role: 'operator',
  name: '爱达',
  loginId: 'login-1',
  loginAt: 1_700_000_000_123,
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_500 })
})
afterEach(() => {
  vi.useRealTimers()
})

const good = {
  sub: 'ada',
  role: 'operator',
  name: null,
  lid: 'login-1',
  auth_time: 1,
  iat: 1_699_999_999,
  exp: 1_700_009_999,
  iss: 'parley',
  aud: 'default/bearer',
}
const signedWith = (key: string, claims: object) => createSigner({ key, algorithm: 'HS256' })({ ...claims })
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('tokens', () => {
  it('say who they stand for, to the millisecond of the login', () => {
    expect(tokens.verify(tokens.issue(ada, 60).token)).toEqual(ada)
  })

  it('say when they end, in whole seconds', () => {
    const { expiresIn, expiresAt } = tokens.issue(ada, 60)
    expect({ expiresIn, expiresAt }).toEqual({ expiresIn: 60, expiresAt: '2023-11-14T22:14:20.000Z' })
  })

  it('end', () => {
    const { token } = tokens.issue(ada, 60)
    vi.setSystemTime(1_700_000_061_000)
    expect(tokens.verify(token)).toBeNull()
  })

  it('take their secret seriously', () => {
    expect(() => createTokens({ secret: 'short', siteId: 'default', use: 'bearer', clock })).toThrow(
      'too short',
    )
  })

  it('would take what the test below signs, were it not for the one thing that is wrong', () => {
    expect(tokens.verify(signedWith(secret, good))).toMatchObject({ userId: 'ada', loginAt: 1000 })
  })

  it.each([
    ['nothing', ''],
    ['no token', 'Bearer'],
    ['another secret', signedWith('another secret of at least 32 bytes', good)],
    ['no issuer', signedWith(secret, { ...good, iss: undefined })],
    ['another issuer', signedWith(secret, { ...good, iss: 'them' })],
    ['no audience', signedWith(secret, { ...good, aud: undefined })],
    ['another site', signedWith(secret, { ...good, aud: 'other/bearer' })],
    ['the console’s cookie', signedWith(secret, { ...good, aud: 'default/console' })],
    ['no end', signedWith(secret, { ...good, exp: undefined })],
    ['no subject', signedWith(secret, { ...good, sub: '' })],
    ['a subject that no database holds', signedWith(secret, { ...good, sub: 'ada\0' })],
    ['no login', signedWith(secret, { ...good, lid: undefined })],
    ['an unknown role', signedWith(secret, { ...good, role: 'root' })],
    ['no signature', `${part({ alg: 'none', typ: 'JWT' })}.${part(good)}.`],
    ['another algorithm', createSigner({ key: secret, algorithm: 'HS512' })({ ...good })],
    [
      'a signature of another text',
      `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...good, role: 'admin' })}.${signedWith(secret, good).split('.')[2]}`,
    ],
  ])('refuse %s', (_what, token) => {
    expect(tokens.verify(token)).toBeNull()
  })

  it('of the console are no bearer tokens', () => {
    const cookie = createTokens({ secret, siteId: 'default', use: 'console', clock })
    expect(tokens.verify(cookie.issue(ada, 60).token)).toBeNull()
    expect(cookie.verify(tokens.issue(ada, 60).token)).toBeNull()
    expect(cookie.verify(cookie.issue(ada, 60).token)).toEqual(ada)
  })
})
