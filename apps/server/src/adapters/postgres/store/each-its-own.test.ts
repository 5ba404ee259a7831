import type { AppendRequest, StartCommand, TurnCommand } from '@parley/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabases } from '../testing.ts'
import { eachItsOwn } from './each-its-own.ts'
import { type Gathered, gather } from './gather.ts'
import { openStoreOn } from './testing.ts'

/** PostgreSQL's JSON takes it, its text does not. */
const UNSTORABLE = 'a\u0000b'

const requestOf = (sessionId: string, text: string): AppendRequest => ({
  id: `message-${text}`,
  sessionId,
  senderId: 'visitor',
  senderType: 'user',
  mustTakePart: true,
  anyone: false,
  clientMessageId: null,
  receiverId: null,
  text,
  type: 'text',
  file: null,
  replyTo: null,
  forwardedFrom: null,
})

const startOf = (
  userId: string,
  metadata: StartCommand['metadata'] = null,
): Extract<TurnCommand, { kind: 'start' }> => ({
  kind: 'start',
  sessionId: `session of ${userId}`,
  userId,
  userType: 'user',
  userName: null,
  locale: null,
  timeZone: null,
  subject: null,
  metadata,
  strategy: null,
  operatorId: null,
  actor: { kind: 'person', id: userId, actingFor: null },
  requestId: null,
})

const statuses = (results: readonly PromiseSettledResult<unknown>[]) => results.map(({ status }) => status)

describe.each(testDatabases)('what $name can’t store', kind => {
  let under: Awaited<ReturnType<typeof openStoreOn>>
  beforeAll(async () => {
    under = await openStoreOn(kind)
  })
  afterAll(() => under.close())

  test('fails its own message, start or mark, and nothing that goes with it', async () => {
    const { store } = under
    const starts = await Promise.allSettled([
      store.turn(startOf('visitor')),
      store.turn(startOf('bad', { page: UNSTORABLE })),
      store.turn(startOf('other')),
    ])
    expect(statuses(starts)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await store.queue(10)).toEqual(['session of visitor', 'session of other'])

    const sessionId = 'session of visitor'
    const texts = ['one', UNSTORABLE, 'two', 'three']
    const appended = await Promise.allSettled(texts.map(text => store.append(requestOf(sessionId, text))))
    expect(statuses(appended)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    const stored = await store.changesSince(sessionId, 0, 10)
    expect(stored.map(one => [one.change, one.kind === 'message' && one.message.text])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ])

    const read = { kind: 'read', from: 1, to: 3, sessionId } as const
    const marked = await Promise.allSettled([
      store.mark([{ ...read, userId: UNSTORABLE }]),
      store.mark([{ ...read, userId: 'visitor' }]),
    ])
    expect(statuses(marked)).toEqual(['rejected', 'fulfilled'])
  })
})

class Refused extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

describe('a batch that fails', () => {
  /** Fails with what `failures` gives for a batch; else answers each with itself. */
  const answering = (failures: (batch: readonly string[]) => string | null) => {
    const batches: string[] = []
    const decide = (batch: readonly string[]): Promise<Gathered<string>[]> => {
      batches.push(batch.join(' '))
      const code = failures(batch)
      if (code !== null) return Promise.reject(new Refused(code))
      return Promise.resolve(batch.map(result => ({ kind: 'decided', result })))
    }
    const ask = gather(eachItsOwn(decide), 10)
    return { batches, all: (...requests: string[]) => Promise.allSettled(requests.map(ask)) }
  }

  test('by a lost race is decided again as a whole', async () => {
    let left = 3
    const { batches, all } = answering(() => (left-- > 0 ? '40P01' : null))
    expect(statuses(await all('a', 'b'))).toEqual(['fulfilled', 'fulfilled'])
    expect(batches).toEqual(['a b', 'a b', 'a b', 'a b'])
  })

  test('by one of its requests fails that one', async () => {
    const { batches, all } = answering(batch => (batch.includes('bad') ? '22P05' : null))
    expect(statuses(await all('a', 'bad', 'b'))).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(batches).toEqual(['a bad b', 'a', 'bad', 'b'])
  })

  test('because the database is away is not asked again: it may have happened', async () => {
    const { batches, all } = answering(() => '57P01')
    expect(statuses(await all('a', 'b'))).toEqual(['rejected', 'rejected'])
    expect(batches).toEqual(['a b'])
  })
})
