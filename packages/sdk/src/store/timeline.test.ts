import { describe, expect, it } from 'vitest'
import type { Me, Session } from '../contract-types.ts'
import { applyEvent } from '../sync/apply-event.ts'
import { emptyState, type SessionState } from '../sync/session-state.ts'
import { SimSession } from '../testing/sim-session.ts'
import { createTimeline } from './timeline.ts'

const lin: Me = { id: 'lin', role: 'visitor', name: 'Lin', avatar: null }

function stateOf(server: SimSession, session: Partial<Session> = {}): SessionState {
  const told = { ...server.told(), ...session }
  return applyEvent(emptyState, {
    name: 'caught.up',
    messages: server.messages,
    session: told,
    upTo: told.lastChange,
  })
}

const marks = (...seqs: [user: string, delivered: number, read: number][]) => ({
  participants: seqs.map(([userId]) => userId),
  marks: seqs.map(([userId, deliveredSeq, readSeq]) => ({ userId, deliveredSeq, readSeq })),
})

const three = () => {
  const server = new SimSession('s1', 'lin')
  for (const text of ['one', 'two', 'three'])
    server.send({ senderId: 'lin', text, clientMessageId: `id of ${text}` })
  return server
}
const states = (state: SessionState) => createTimeline()(state, [], lin).map(item => item.state)

describe('what becomes of one’s own messages', () => {
  it('is sent while there is nobody else', () => {
    expect(states(stateOf(three()))).toEqual(['sent', 'sent', 'sent'])
  })

  it('follows the marks of the other', () => {
    expect(states(stateOf(three(), marks(['lin', 3, 3], ['ada', 2, 1])))).toEqual([
      'read',
      'delivered',
      'sent',
    ])
  })

  it('is the least that holds for all the others', () => {
    const session = marks(['lin', 3, 3], ['ada', 3, 3], ['ben', 2, 1])
    expect(states(stateOf(three(), session))).toEqual(['read', 'delivered', 'sent'])
  })

  it('is what message.status says, and never goes back', () => {
    const told = { name: 'message.status', messageId: 'm', sessionId: 's1', seq: 2, status: 'read' } as const
    expect(states(applyEvent(stateOf(three()), told))).toEqual(['read', 'read', 'sent'])
  })

  it('is what the message itself says, where the marks are not known', () => {
    const server = three()
    server.messages = server.messages.map((message, i) =>
      i === 0 ? { ...message, status: 'read' } : message,
    )
    expect(states(stateOf(server))).toEqual(['read', 'sent', 'sent'])
  })
})

describe('whose a message is', () => {
  it('is the visitor’s in their support session, also from before they were known', () => {
    const server = three()
    const state = stateOf(server, { userId: 'lin@example.com' })
    const known: Me = { ...lin, id: 'lin@example.com', role: 'user' }
    expect(createTimeline()(state, [], known).map(({ mine }) => mine)).toEqual([true, true, true])
    expect(createTimeline()(state, [], { ...known, id: 'ada' }).map(({ mine }) => mine)).toEqual([
      false,
      false,
      false,
    ])
  })

  it('keeps the key that it had while it was unsent', () => {
    const [first] = createTimeline()(stateOf(three()), [], lin)
    expect(first?.key).toBe('id of one')
  })
})

describe('an item', () => {
  it('is the same object until it looks different', () => {
    const timeline = createTimeline()
    const state = stateOf(three(), marks(['lin', 3, 3], ['ada', 0, 0]))
    const before = timeline(state, [], lin)
    const read = applyEvent(state, {
      name: 'message.read',
      sessionId: 's1',
      userId: 'ada',
      seq: 1,
      readAt: '',
    })
    const after = timeline(read, [], lin)
    expect(after.map((item, i) => item === before[i])).toEqual([false, true, true])
  })

  it('stays on the screen when it is acknowledged before what lies before it has come', () => {
    const server = three()
    const state = stateOf(server)
    const early = {
      ...server.messages[2],
      id: 'm5',
      seq: 5,
      change: 5,
      text: 'five',
      clientMessageId: 'id of five',
    }
    const message = early as (typeof server.messages)[number]
    const next = applyEvent(state, { name: 'message.created', sessionId: 's1', change: 5, message })
    expect(createTimeline()(next, [], lin).map(({ text }) => text)).toEqual(['one', 'two', 'three', 'five'])
  })
})
