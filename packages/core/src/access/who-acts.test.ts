import { describe, expect, it } from 'vitest'
import type { Caller } from './caller.ts'
import { actorOf, whoActs } from './who-acts.ts'

const anyone: Caller = { kind: 'anyone' }
const key: Caller = { kind: 'key', keyId: 'k' }
const me: Caller = { kind: 'person', userId: 'me', role: 'user', name: null, loginId: 'l' }
const call = (caller: Caller) => ({ caller, connection: null, requestId: null })

describe('whoActs', () => {
  it('[I3] a person acts as itself, and may say so', () => {
    expect(whoActs(me, undefined)).toBe('me')
    expect(whoActs(me, 'me')).toBe('me')
  })

  it('[I3] a claim to be another is identity_mismatch', () => {
    expect(() => whoActs(me, 'you')).toThrow(expect.objectContaining({ code: 'identity_mismatch' }))
  })

  it('[I4] a key names the person, else the field is told', () => {
    expect(whoActs(key, 'you')).toBe('you')
    expect(() => whoActs(key, undefined, 'senderId')).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        details: [{ path: 'senderId', message: 'is required' }],
      }),
    )
  })

  it('[I1] nobody acts without a credential', () => {
    expect(() => whoActs(anyone, 'you')).toThrow(expect.objectContaining({ code: 'unauthorized' }))
    expect(() => actorOf(call(anyone))).toThrow(expect.objectContaining({ code: 'unauthorized' }))
  })

  it('[S7][A19] the audit names the credential and the person', () => {
    expect(actorOf(call(me), 'you')).toEqual({ kind: 'person', id: 'me', actingFor: null })
    expect(actorOf(call(key), 'you')).toEqual({ kind: 'key', id: 'k', actingFor: 'you' })
  })
})
