import { Failure } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { createGate } from './gate.ts'
import { identityHash, provesIdentity } from './identity-hash.ts'
import { hashPassword, isPassword } from './passwords.ts'

describe('passwords', () => {
  it('are kept as argon2id at OWASP’s cost, with a salt of their own', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
  })

  it('are told from others', async () => {
    const hash = await hashPassword('correct horse')
    expect(await isPassword('correct horse', hash)).toBe(true)
    expect(await isPassword('Correct horse', hash)).toBe(false)
    expect(await isPassword('', hash)).toBe(false)
  })

  it('are the same however their letters were composed', async () => {
    const hash = await hashPassword('Zürich 密码 가')
    expect(await isPassword('Zürich 密码 가'.normalize('NFD'), hash)).toBe(true)
  })

  it('of nobody are never right', async () => {
    expect(await isPassword('nobody has this account', null)).toBe(false)
  })
})

describe('a gate', () => {
  it('lets so many in at once, the others in order, and refuses what would wait too long', async () => {
    const gate = createGate(1, 1, () => new Failure('unavailable'))
    const done: string[] = []
    let open: () => void = () => undefined
    const first = gate(() => new Promise<void>(resolve => (open = resolve)).then(() => done.push('first')))
    const second = gate(async () => done.push('second'))
    await expect(gate(async () => done.push('third'))).rejects.toMatchObject({ code: 'unavailable' })
    open()
    await Promise.all([first, second])
    expect(done).toEqual(['first', 'second'])
  })

  it('goes on after a task that failed', async () => {
    const gate = createGate(1, 1, () => new Failure('unavailable'))
    await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await gate(async () => 'next')).toBe('next')
  })
})

describe('an identity hash', () => {
  const secret = 'a secret of the site'
  /** printf '%s' 'user-42' | openssl dgst -sha256 -hmac 'a secret of the site' */
  const known = 'f85309786d96fe361e81603fdfa599c06719528b1b98bacc50e1abd740783d8b'

  it('is what openssl computes', () => {
    expect(identityHash(secret, 'user-42')).toBe(known)
  })

  it.each([
    ['as it is', 'user-42', known, true],
    ['in capitals', 'user-42', known.toUpperCase(), true],
    ['for another id', 'user-43', known, false],
    ['with another end', 'user-42', `${known.slice(0, -1)}f`, false],
    ['too short', 'user-42', known.slice(2), false],
    ['empty', 'user-42', '', false],
  ])('proves an id %s: %s', (_how, userId, hash, proves) => {
    expect(provesIdentity(secret, userId, hash)).toBe(proves)
  })
})
