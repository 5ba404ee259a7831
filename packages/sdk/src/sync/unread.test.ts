import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Session } from '../contract-types.ts'
import { SimSession } from '../testing/sim-session.ts'
import { applyEvent } from './apply-event.ts'
import { emptyState, type SessionState } from './session-state.ts'
import { readSeqOf, unreadAfter, unreadAtLeast } from './unread.ts'

const ME = 'ada'

const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('send' as const), by: fc.constantFrom('lin', 'ben') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('send' as const), by: fc.constant(ME) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('recall' as const, 'read' as const),
      seq: fc.integer({ min: 1, max: 20 }),
    }),
  },
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

function take(server: SimSession, one: Act): void {
  if (one.kind === 'send') server.send({ senderId: one.by, text: 'x' })
  else if (one.kind === 'recall') server.recall(one.seq)
  else server.move(ME, Math.min(one.seq, server.session.lastSeq))
}

const truth = ({ session, messages }: SimSession): number => {
  const read = readSeqOf(session, ME) ?? 0
  return messages.filter(({ seq, senderId, recalled }) => seq > read && senderId !== ME && !recalled).length
}

/** As the server answers `ME`. */
const told = (server: SimSession): Session => ({ ...server.session, unreadCount: truth(server) })

const heardOf = (server: SimSession, before: number, state: SessionState): SessionState => {
  let next = state
  for (const event of server.log.slice(before)) next = applyEvent(next, event)
  for (const { userId, readSeq } of server.session.marks)
    next = applyEvent(next, { name: 'message.read', sessionId: 's1', userId, seq: readSeq, readAt: '' })
  return next
}

describe('what is unread', () => {
  it('is what the server counts, or is known to be uncertain, with and without the messages', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 25 }),
        fc.array(act, { maxLength: 25 }),
        fc.boolean(),
        (earlier, later, loaded) => {
          const server = new SimSession('s1', 'lin').become('group', ['lin', 'ben', ME])
          for (const one of earlier) take(server, one)
          const { lastChange: upTo } = server.session
          let state = applyEvent(emptyState, { name: 'caught.up', messages: [], session: told(server), upTo })
          if (loaded) state = applyEvent(state, { name: 'page', messages: server.messages.slice(-5) })
          const before = server.log.length
          for (const one of later) take(server, one)
          state = heardOf(server, before, state)
          const { count, certain } = unreadAfter(state, ME, readSeqOf(state, ME) ?? 0)
          if (certain) expect(count).toBe(truth(server))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('is certain where no tombstone is hidden, and again once the server has been asked', () => {
    const server = new SimSession('s1', 'lin').become('group', ['lin', ME])
    for (let n = 0; n < 6; n++) server.send({ senderId: 'lin', text: 'x' })
    server.recall(2)
    let state = applyEvent(emptyState, { name: 'told', session: told(server) })
    expect(unreadAfter(state, ME, 0)).toEqual({ count: 5, certain: true })
    state = applyEvent(state, { name: 'message.read', sessionId: 's1', userId: ME, seq: 3, readAt: '' })
    expect(unreadAfter(state, ME, 3).certain).toBe(false)
    server.move(ME, 3)
    state = applyEvent(state, { name: 'told', session: told(server) })
    expect(unreadAfter(state, ME, 3)).toEqual({ count: 3, certain: true })
  })

  it('of a visitor leaves out what is recalled while it looks on', () => {
    const server = new SimSession('s1', 'lin')
    server.assign('ben')
    server.send({ senderId: 'ben', senderType: 'operator', text: 'one' })
    server.send({ senderId: 'ben', senderType: 'operator', text: 'two' })
    let state = applyEvent(emptyState, { name: 'caught.up', messages: [], session: server.told(), upTo: 3 })
    expect(unreadAtLeast(state, 'lin', 0)).toBe(2)
    server.recall(1)
    state = heardOf(server, 3, state)
    expect(unreadAtLeast(state, 'lin', 0)).toBe(1)
  })
})
