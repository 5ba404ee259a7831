import { ROLES, type Role, type Who } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import type { Caller } from './caller.ts'
import { couldEver, demand, type Facts, may } from './may.ts'

const person = (role: Role): Caller => ({ kind: 'person', userId: 'me', role, name: null, loginId: 'login' })
const CALLERS: Readonly<Record<string, Caller>> = {
  anyone: { kind: 'anyone' },
  key: { kind: 'key', keyId: 'key' },
  ...Object.fromEntries(ROLES.map(role => [role, person(role)])),
}

const people = [...ROLES]
const all = Object.keys(CALLERS)

/** Whom each `who` lets, without facts. */
const ALLOWED: Readonly<Record<Who, readonly string[]>> = {
  anyone: all,
  person: people,
  customer: ['user', 'visitor'],
  user: ['user', 'admin', 'operator', 'doctor', 'nurse'],
  staff: ['admin', 'operator', 'doctor', 'nurse'],
  admin: ['admin'],
  key: ['key'],
  system: ['system'],
  self: [],
  party: [],
}

const letIn = (who: Who, facts: Facts) => all.filter(name => may(CALLERS[name]!, [who], facts)).sort()

describe('may', () => {
  it.each(Object.keys(ALLOWED) as Who[])('[I1][I2] %s', who => {
    expect(letIn(who, {})).toEqual([...ALLOWED[who]].sort())
  })

  it.each(['self', 'party'] as const)('[I2] %s is proved by its own fact, for people only', relation => {
    expect(letIn(relation, { [relation]: true })).toEqual([...people].sort())
    expect(letIn(relation, { self: true, party: true, [relation]: false })).toEqual([])
  })

  it('[I1] facts open nothing else', () => {
    const facts = { self: true, party: true }
    for (const who of ['customer', 'user', 'staff', 'admin', 'key', 'system'] as const) {
      expect(letIn(who, facts)).toEqual([...ALLOWED[who]].sort())
    }
  })

  it('[I1] nobody at all, not the admin either', () => {
    expect(all.filter(name => may(CALLERS[name]!, []))).toEqual([])
  })

  it('one of several is enough', () => {
    expect(may(person('admin'), ['party', 'admin', 'key'])).toBe(true)
    expect(may(person('operator'), ['party', 'admin', 'key'])).toBe(false)
  })

  it('[I1] refuses with unauthorized without a credential, else with forbidden', () => {
    expect(() => demand(CALLERS.anyone!, ['staff'])).toThrow(
      expect.objectContaining({ code: 'unauthorized' }),
    )
    expect(() => demand(person('user'), ['staff'])).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(() => demand(person('nurse'), ['staff'])).not.toThrow()
  })

  it('knows before the input whom no facts can help', () => {
    expect(couldEver(person('user'), ['party', 'admin'])).toBe(true)
    expect(couldEver(CALLERS.key!, ['party', 'admin'])).toBe(false)
    expect(couldEver(CALLERS.anyone!, ['party', 'self'])).toBe(false)
  })
})
