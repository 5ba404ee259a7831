import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CountedEvent } from '../connection/link.ts'
import type { Message, Session } from '../contract-types.ts'
import { SimSession } from '../testing/sim-session.ts'
import { applyEvent, type SessionAction } from './apply-event.ts'
import { emptyState, hasGap, type SessionState } from './session-state.ts'

/** What may happen to a session on the server. */
type Step =
  | { readonly kind: 'send'; readonly by: string }
  | { readonly kind: 'recall' | 'read'; readonly by: string; readonly seq: number }
  | { readonly kind: 'assign'; readonly by: string }
  | { readonly kind: 'react'; readonly by: string; readonly seq: number; readonly emoji: string }
  | { readonly kind: 'leave'; readonly by: string }
  | { readonly kind: 'requeue' | 'end' | 'join' | 'rename' | 'identify' }

const person = fc.constantFrom('visitor', 'uma', 'ada', 'ben')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('send' as const), by: person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('recall' as const),
      by: person,
      seq: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      by: person,
      seq: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('react' as const),
      by: person,
      seq: fc.integer({ min: 1, max: 12 }),
      emoji: fc.constantFrom('👍', '🎉'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), by: person }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('assign' as const), by: fc.constantFrom('ada', 'ben') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('requeue' as const, 'join' as const, 'rename' as const, 'identify' as const),
    }),
  },
)

function take(server: SimSession, one: Step): void {
  switch (one.kind) {
    case 'send':
      if (server.session.participants.includes(one.by))
        server.send({ senderId: one.by, text: `by ${one.by}` })
      break
    case 'recall':
      server.recall(one.seq)
      break
    case 'react':
      server.react(one.seq, one.by, one.emoji)
      break
    case 'leave':
      server.leave(one.by)
      break
    case 'read':
      server.move(one.by, Math.min(one.seq, server.session.lastSeq))
      break
    case 'assign':
      server.assign(one.by)
      break
    case 'requeue':
      server.requeue()
      break
    case 'join':
      server.join('guest')
      break
    case 'rename':
      server.rename(`after ${server.session.lastChange}`)
      break
    case 'identify':
      server.identify('uma', 'Uma')
      break
    default:
      server.end('ada', 'done')
  }
}

/** The server at one moment. */
interface Moment {
  readonly session: Session
  readonly messages: readonly Message[]
}

const IN_A_GROUP: ReadonlySet<Step['kind']> = new Set([
  'send',
  'recall',
  'react',
  'read',
  'join',
  'leave',
  'rename',
])

/** `of` what type the session is: in a group some things don't happen. */
function play(
  steps: readonly Step[],
  of: 'support' | 'group' = 'support',
): {
  moments: Moment[]
  log: readonly CountedEvent[]
  server: SimSession
} {
  const server = new SimSession('s1', 'visitor')
  if (of === 'group') server.become('group', ['visitor', 'uma', 'ada', 'ben'], 'Ward 3')
  const moments: Moment[] = [{ session: server.told(), messages: [] }]
  for (const one of steps) {
    if (of === 'support' || IN_A_GROUP.has(one.kind)) take(server, one)
    moments.push({ session: server.told(), messages: [...server.messages] })
  }
  return { moments, log: server.log, server }
}

/** `session.sync` from a cursor, answered at a moment. */
const caughtUp = ({ session, messages }: Moment, from: number): SessionAction => ({
  name: 'caught.up',
  messages: messages.filter(message => message.change > from),
  session,
  upTo: session.lastChange,
})

/** How the client hears of it: some of the log, repeated and mixed up, with syncs and pages in between. */
type Heard =
  | { readonly kind: 'event'; readonly at: number }
  | { readonly kind: 'sync' | 'page'; readonly at: number }

const heard: fc.Arbitrary<Heard> = fc.record({
  kind: fc.constantFrom(
    'event' as const,
    'event' as const,
    'event' as const,
    'sync' as const,
    'page' as const,
  ),
  at: fc.nat(1_000_000),
})

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]

function hear(state: SessionState, one: Heard, { moments, log }: ReturnType<typeof play>): SessionState {
  if (one.kind === 'event') {
    const event = pick(log, one.at)
    return event ? applyEvent(state, event) : state
  }
  // An answer may be older than what has been heard meanwhile, never older than its own question.
  const answering = moments.filter(({ session }) => session.lastChange >= state.change)
  const moment = pick(answering, one.at)
  if (!moment) return state
  if (one.kind === 'sync') return applyEvent(state, caughtUp(moment, state.change))
  return state.session ? applyEvent(state, { name: 'page', messages: moment.messages.slice(-5) }) : state
}

/**
 * What a person sees of it. The marks of those who have left are kept by some and not by others, and of those who come
 * no event says the name.
 */
const shown = ({ session, messages, change, marks }: SessionState) => ({
  session: session && {
    ...session,
    marks: [],
    updatedAt: '',
    participants: session.participants.toSorted(),
    people: session.people.filter(({ id }) => id !== 'guest'),
  },
  messages,
  change,
  marks: marks.filter(({ userId }) => session?.participants.includes(userId)),
})

const everything = (moment: Moment) => applyEvent(emptyState, caughtUp(moment, 0))

describe('apply-event', () => {
  it('gives the same state for any interleaving of live events, repeats, gaps, pages and catch-ups', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.boolean(),
        fc.constantFrom('support' as const, 'group' as const),
        fc.array(heard, { maxLength: 60 }),
        (steps, ends, type, ways) => {
          const played = play(ends ? [...steps, { kind: 'end' }] : steps, type)
          const last = played.moments.at(-1)
          if (!last) throw new Error('there is always a first moment')
          let state = applyEvent(emptyState, caughtUp({ ...(played.moments[0] ?? last) }, 0))
          for (const way of ways) state = hear(state, way, played)
          state = applyEvent(state, caughtUp(last, state.change))
          expect(hasGap(state)).toBe(false)
          const there = shown(everything(last))
          // A page that overtakes more messages than it holds leaves those before it to `loadOlder`.
          const paged = ways.some(({ kind }) => kind === 'page')
          const messages = paged ? there.messages.slice(-state.messages.length) : there.messages
          expect(shown(state)).toEqual({ ...there, messages })
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('needs no catch-up when every event is heard in order, however often', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 30 }),
        fc.constantFrom('support' as const, 'group' as const),
        (steps, times, type) => {
          const { moments, log } = play(steps, type)
          const last = moments.at(-1) ?? { session: new SimSession('s1', 'visitor').session, messages: [] }
          let state = applyEvent(emptyState, caughtUp(moments[0] ?? last, 0))
          log.forEach((event, i) => {
            for (let n = 0; n < (times[i] ?? 1); n++) state = applyEvent(state, event)
          })
          expect(hasGap(state)).toBe(false)
          const { marks: _known, ...seen } = shown(state)
          const { marks: _all, ...there } = shown(everything(last))
          expect(seen).toEqual(there)
        },
      ),
    )
  })

  it('drops a repeat without a new state', () => {
    const { moments, log } = play([{ kind: 'send', by: 'visitor' }])
    const state = everything(moments[1] ?? fail())
    expect(applyEvent(state, log[0] ?? fail())).toBe(state)
  })

  it('shows nothing beyond a gap until what is missing has come', () => {
    const { moments, log } = play([
      { kind: 'send', by: 'visitor' },
      { kind: 'send', by: 'visitor' },
      { kind: 'send', by: 'visitor' },
    ])
    const [first, second, third] = log
    let state = everything(moments[0] ?? fail())
    state = applyEvent(state, first ?? fail())
    state = applyEvent(state, third ?? fail())
    expect(hasGap(state)).toBe(true)
    expect(state.messages.map(({ seq }) => seq)).toEqual([1])
    state = applyEvent(state, second ?? fail())
    expect(hasGap(state)).toBe(false)
    expect(state.messages.map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  it('never brings back the text of a recalled message with a page that was asked for before', () => {
    const { moments, log } = play([
      { kind: 'send', by: 'visitor' },
      { kind: 'recall', by: 'visitor', seq: 1 },
    ])
    const before = moments[1] ?? fail()
    let state = applyEvent(emptyState, { name: 'caught.up', messages: [], session: before.session, upTo: 1 })
    state = applyEvent(state, log[1] ?? fail())
    state = applyEvent(state, { name: 'page', messages: before.messages })
    expect(state.messages).toMatchObject([{ seq: 1, recalled: true, text: '' }])
  })

  it('leaves nothing of a recalled message: no text, file or reaction, here and as the last one', () => {
    const { moments, log } = play([
      { kind: 'send', by: 'visitor' },
      { kind: 'react', by: 'ada', seq: 1, emoji: '👍' },
      { kind: 'recall', by: 'visitor', seq: 1 },
    ])
    let state = everything(moments[0] ?? fail())
    for (const event of log) state = applyEvent(state, event)
    const gone = { seq: 1, change: 3, recalled: true, text: '', file: null, reactions: {} }
    expect(state.messages).toMatchObject([gone])
    expect(state.session?.lastMessage).toMatchObject(gone)
  })

  it('keeps a reaction that a page which was asked for before does not know', () => {
    const { moments, log } = play([
      { kind: 'send', by: 'visitor' },
      { kind: 'react', by: 'ada', seq: 1, emoji: '👍' },
    ])
    const before = moments[1] ?? fail()
    let state = applyEvent(emptyState, { name: 'caught.up', messages: [], session: before.session, upTo: 1 })
    state = applyEvent(state, log[1] ?? fail())
    state = applyEvent(state, { name: 'page', messages: before.messages })
    expect(state.messages).toMatchObject([{ seq: 1, change: 2, reactions: { '👍': ['ada'] } }])
  })

  it('hands a group on to the one who has been there longest', () => {
    const { moments, log } = play([{ kind: 'leave', by: 'visitor' }], 'group')
    const state = applyEvent(everything(moments[0] ?? fail()), log[0] ?? fail())
    expect(state.session).toMatchObject({ ownerId: 'uma', participants: ['uma', 'ada', 'ben'] })
    expect(state.session?.people.map(({ id }) => id)).toEqual(['uma', 'ada', 'ben'])
  })

  it('does not grow without bounds behind a gap', () => {
    const { moments, log } = play(
      Array.from({ length: 1200 }, () => ({ kind: 'send', by: 'visitor' }) as const),
    )
    let state = everything(moments[0] ?? fail())
    for (const event of log.slice(1)) state = applyEvent(state, event)
    expect(state.ahead.length).toBeLessThanOrEqual(500)
    state = applyEvent(state, caughtUp(moments.at(-1) ?? fail(), 0))
    expect(state.messages).toHaveLength(1200)
    expect(hasGap(state)).toBe(false)
  })

  it('knows a page that was asked for before the visitor became the user', () => {
    const { moments, log } = play([{ kind: 'send', by: 'visitor' }, { kind: 'identify' }])
    const before = moments[1] ?? fail()
    let state = applyEvent(emptyState, { name: 'caught.up', messages: [], session: before.session, upTo: 1 })
    state = applyEvent(state, log[1] ?? fail())
    state = applyEvent(state, { name: 'page', messages: before.messages })
    expect(state.messages).toMatchObject([{ seq: 1, senderId: 'uma', change: 2 }])
    expect(state.session).toMatchObject({ userId: 'uma', userName: 'Uma', lastMessage: { senderId: 'uma' } })
    expect(state.marks).toContainEqual({ userId: 'uma', deliveredSeq: 1, readSeq: 1 })
  })

  it('lets what is shown begin behind a hole', () => {
    const { server } = play(Array.from({ length: 8 }, () => ({ kind: 'send', by: 'visitor' }) as const))
    let state = applyEvent(emptyState, { name: 'caught.up', messages: [], session: server.told(), upTo: 8 })
    state = applyEvent(state, { name: 'page', messages: server.messages.slice(5) })
    state = applyEvent(state, { name: 'page', messages: server.messages.slice(0, 3) })
    expect(state.messages.map(({ seq }) => seq)).toEqual([6, 7, 8])
  })

  it('keeps what message.status has told, whatever comes after it', () => {
    const told = { name: 'message.status', messageId: 'm', sessionId: 's1' } as const
    let state = applyEvent(emptyState, { ...told, seq: 5, status: 'delivered' })
    state = applyEvent(state, { ...told, seq: 3, status: 'read' })
    state = applyEvent(state, { ...told, seq: 2, status: 'delivered' })
    expect(state).toMatchObject({ delivered: 5, read: 3 })
  })
})

function fail(): never {
  throw new Error('not in this history')
}
