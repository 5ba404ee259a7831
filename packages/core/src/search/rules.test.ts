import type { RawInput } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'
import type { Caller } from '../access/caller.ts'
import { folded } from './folded.ts'
import { wordsOf } from './words.ts'

const visitor = caller('v', 'visitor')
const user = caller('u', 'user')
const nurse = caller('n', 'nurse')

let world: RulesWorld
let ann: Caller
let sessionId: string
beforeEach(async () => {
  world = new RulesWorld({ messageMaxLength: 100 })
  ann = await world.operator('ann', 3)
  sessionId = (await world.start(visitor)).id
  for (const id of ['u', 'n']) world.store.fixtures.addPerson({ id, role: id === 'n' ? 'nurse' : 'user' })
  world.store.fixtures.addTalk({ id: 'talk', type: 'private', parts: [{ userId: 'u' }, { userId: 'v' }] })
  await world.call('message.send', visitor, { sessionId, text: 'a needle for support' })
  await world.call('message.send', user, { sessionId: 'talk', text: 'a needle for two' })
})

const search = (who: Caller, more: Partial<RawInput<'message.search'>> = {}) =>
  world.call('message.search', who, { keyword: 'needle', ...more })
const texts = async (who: Caller, more: Partial<RawInput<'message.search'>> = {}) =>
  (await search(who, more)).items.map(({ text }) => text).sort()

describe('message.search', () => {
  it('[Q1] takes 1 to 100 code points, trimmed', async () => {
    for (const keyword of ['', ' \n\u3000', 'x'.repeat(101), '👍'.repeat(101)]) {
      await expect(search(visitor, { keyword })).rejects.toEqual(failure('validation_failed', 'keyword'))
    }
    for (const keyword of ['x', '👍'.repeat(100), ` ${'x'.repeat(100)} `]) {
      expect((await search(visitor, { keyword })).items).toEqual([])
    }
  })

  it('[Q1] is about oneself, whom an API key names, or another whom staff name', async () => {
    expect(await texts(visitor)).toEqual(['a needle for support', 'a needle for two'])
    expect(await texts(visitor, { userId: 'v' })).toEqual(['a needle for support', 'a needle for two'])
    expect(await texts(key, { userId: 'u' })).toEqual(['a needle for two'])
    expect(await texts(ann)).toEqual(['a needle for support'])
    await expect(search(key)).rejects.toEqual(failure('validation_failed', 'userId'))
    await expect(search(user, { userId: 'v' })).rejects.toMatchObject({ code: 'identity_mismatch' })
    await expect(search(anyone, { userId: 'v' })).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('[Q4] knows no session that the person takes no part in', async () => {
    expect(await texts(visitor, { sessionId })).toEqual(['a needle for support'])
    for (const unknown of [sessionId, 'nothing']) {
      await expect(search(user, { sessionId: unknown })).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(search(key, { userId: 'u', sessionId })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('[Q5] gives staff of another’s sessions what they may know', async () => {
    expect(await texts(nurse, { userId: 'v' })).toEqual(['a needle for support'])
    expect(await texts(nurse, { userId: 'v', sessionId })).toEqual(['a needle for support'])
    await expect(search(nurse, { userId: 'v', sessionId: 'talk' })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await texts(nurse)).toEqual([])
  })

  it('[Q7] goes on from a message that the person sees', async () => {
    const [message] = (await search(visitor, { sessionId })).items
    const before = message?.id ?? ''
    expect((await search(visitor, { before, sessionId })).items).toEqual([])
    for (const [who, more] of [
      [user, { before }],
      [visitor, { before: 'nothing' }],
      [visitor, { before, sessionId: 'talk' }],
      [key, { before, userId: 'u' }],
    ] as const) {
      await expect(search(who, more)).rejects.toMatchObject({ code: 'not_found' })
    }
    const [other] = (await search(user)).items
    await expect(search(nurse, { before: other?.id ?? '', userId: 'v' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('[Q8] counts pages', async () => {
    expect((await search(visitor, { limit: 1, page: 2 })).pagination).toEqual({
      page: 2,
      limit: 1,
      total: 2,
      totalPages: 2,
    })
  })
})

describe('a keyword', () => {
  it('[Q2] is folded', () => {
    expect(wordsOf(' ＡBC  Straße ')).toEqual(['abc', 'strasse'])
    for (const [one, other] of [
      ['ΟΔΟΣ', 'οδος'],
      ['STRAẞE', 'Straße'],
      ['ﬁn', 'FIN'],
      ['①', '1'],
      ['e\u0301', 'É'],
      ['ǅ', 'ǆ'],
    ] as const) {
      expect(folded(one)).toBe(folded(other))
    }
  })

  it('[Q3] is words, each once', () => {
    expect(wordsOf('b a\u3000B\u00a0c\na')).toEqual(['b', 'a', 'c'])
  })
})
