import {
  CHAT_CALLS,
  CHAT_EVENTS,
  eventsByName,
  FRAME_CALLS,
  FRAME_EVENTS,
  type Happening,
  operationsByName,
  respell,
  SESSION_CHANGED,
  SUPPORT_CALLS,
  SUPPORT_EVENTS,
  SYNCED_EVENTS,
} from '@parley/contracts'
import { eventExamples, operationExamples } from '@parley/contracts/examples'
import { describe, expect, it } from 'vitest'
import { FRAME_EVENTS as FRAMES, SOCKET_EVENTS, spellFrame, spellSocketCall } from './all-events.ts'
import type { LinkOperation } from './link.ts'
import { readAck, readEvent } from './socket-io-wire.ts'

const OPERATIONS: readonly LinkOperation[] = [
  'session.sync',
  'session.watch',
  'session.unwatch',
  'message.send',
  'message.read',
  'typing.set',
  'inbox.open',
  'user.set-status',
]
const CALLS = [...SUPPORT_CALLS, ...CHAT_CALLS]
/** How each link spells a call, and what the server's door behind it takes. */
const DOORS = [
  { door: 'Socket.IO', spell: spellSocketCall, calls: CALLS },
  { door: '/ws', spell: spellFrame, calls: [...CHAT_CALLS, ...FRAME_CALLS] },
]
const ASKED = DOORS.flatMap(door => OPERATIONS.map(operation => ({ ...door, operation })))

const bindingFor = (calls: typeof CALLS, operation: LinkOperation, event: string) => {
  const binding = calls.find(call => call.operation === operation && call.event === event)
  if (!binding) throw new Error(`no server knows ${event}`)
  return binding
}

describe('calls', () => {
  it.each(ASKED)('$operation is asked over $door as the server reads it', ({ operation, spell, calls }) => {
    const { input } = operationsByName[operation]
    const examples: readonly object[] =
      operation === 'typing.set'
        ? [true, false].map(isTyping => ({ sessionId: 's1', isTyping }))
        : operationExamples[operation].valid
    for (const example of examples) {
      const inOurWords = respell(
        example,
        CALLS.find(call => call.operation === operation && !call.fixed) ?? {},
      )
      const { event, payload } = spell(operation, inOurWords as object)
      const meant = respell(JSON.parse(JSON.stringify(payload)), bindingFor(calls, operation, event))
      expect(input.parse(meant)).toEqual(input.parse(inOurWords))
    }
  })

  it.each(OPERATIONS)('%s is answered as the server writes it', operation => {
    const { output } = operationExamples[operation]
    const binding = CALLS.find(call => call.operation === operation)
    const ack = { ok: true, ...binding?.acknowledge(output as never) }
    expect(readAck(operation, ack)).toMatchObject(output)
  })
})

/** `session:changed` stands for whatever a family has no name for, and is read as one. */
const nameOf = (event: string, of: string) => (event === SESSION_CHANGED.event ? 'session.changed' : of)

/** What a wire leaves out is not asked for again: the client knows it, or needs it not. */
const LOST: Partial<Record<Happening['name'], readonly string[]>> = {
  'session.assigned': ['previousOperatorId'],
  'message.recalled': ['byId'],
  'message.read': ['messageId'],
  'session.waiting': ['session', 'previousOperatorId'],
  'session.ended': ['session'],
  'participants.changed': ['session'],
}

const told = [...SUPPORT_EVENTS, ...SYNCED_EVENTS, ...CHAT_EVENTS]
const HEARD = [
  ...told.map(binding => ({ ...binding, events: SOCKET_EVENTS, door: 'Socket.IO' })),
  ...[...FRAME_EVENTS, ...SYNCED_EVENTS].map(binding => ({ ...binding, events: FRAMES, door: '/ws' })),
]

describe('events', () => {
  it.each(HEARD)('$event is heard over $door as the server tells it', ({ event, of, payload, events }) => {
    const data = eventExamples[of] as Record<string, unknown>
    const heard = readEvent(events, event, JSON.parse(JSON.stringify(payload(data as never))))
    const kept = Object.entries(data).filter(([name]) => !LOST[of]?.includes(name))
    const expected =
      of === 'message.created'
        ? { ...data, message: expect.objectContaining({ id: expect.any(String) }) }
        : Object.fromEntries(kept)
    expect(heard).toMatchObject({ name: nameOf(event, of), ...expected })
  })

  it('of a new message bring all of it that a page shows', () => {
    const { message, change } = eventExamples['message.created']
    const binding = told.find(({ of }) => of === 'message.created')
    const heard = readEvent(
      SOCKET_EVENTS,
      'new_message',
      binding?.payload(eventExamples['message.created'] as never),
    )
    const { id, seq, text, senderId, senderType, type, file, clientMessageId, createdAt } = message
    expect(heard).toMatchObject({
      change,
      message: { id, seq, text, senderId, senderType, type, file, clientMessageId, createdAt },
    })
  })

  it('for which the family has no name bring the session', () => {
    const data = eventExamples['session.ended']
    const payload = SESSION_CHANGED.payload({ name: 'session.ended', data })
    const { sessionId, change, session } = data
    expect(readEvent(SOCKET_EVENTS, SESSION_CHANGED.event, payload)).toMatchObject({
      name: 'session.changed',
      sessionId,
      change,
      session,
    })
  })

  it('say of a recalled message which it was', () => {
    expect(
      readEvent(SOCKET_EVENTS, 'message_recalled', { id: 'm1', sessionId: 's1', seq: 3, change: 9 }),
    ).toEqual({
      name: 'message.recalled',
      messageId: 'm1',
      sessionId: 's1',
      seq: 3,
      change: 9,
    })
  })

  it('cover every event of the contracts that comes over a connection', () => {
    const known = new Set(told.map(({ of }) => of))
    expect(Object.keys(eventsByName).filter(name => !known.has(name as Happening['name']))).toEqual([
      'login.ended',
    ])
  })

  it('that nobody knows yet are passed over', () => {
    expect(readEvent(SOCKET_EVENTS, 'message_pinned', { id: 'm1' })).toBeNull()
  })
})
