import type { CountedEvent, UncountedEvent } from '../connection/link.ts'
import type { Message, Output, Session } from '../contract-types.ts'
import { joinMarks, joinMessages, type Mark, newerSession } from './merge.ts'
import { type SessionState, UNSYNCED } from './session-state.ts'

/**
 * The one reducer, for what is heard live and for what is caught up. Every change has a number: the next one is
 * applied, one that was seen is dropped, one beyond a gap waits until `session.sync` has told what is missing.
 */
export type SessionAction =
  | CountedEvent
  | Extract<UncountedEvent, { name: 'message.read' | 'message.status' | 'queue.position' }>
  | CaughtUp
  | { readonly name: 'page'; readonly messages: readonly Message[] }
  /** A session as an answer had it, outside the order of changes. */
  | { readonly name: 'told'; readonly session: Session }
  /** Nobody looks at its messages any more. */
  | { readonly name: 'forget' }

/** All pages of a `session.sync` together. */
export type CaughtUp = { readonly name: 'caught.up' } & Pick<
  Output<'session.sync'>['sessions'][string],
  'messages' | 'session' | 'upTo'
>

const TOMBSTONE = { recalled: true, text: '', file: null } as const

type Became = NonNullable<SessionState['identified']>

/** What the visitor wrote is the user's, touched by the change with which the one became the other. */
const ownedBy = (message: Message, { visitorId, userId, change }: Became): Message =>
  message.senderId === visitorId && message.change < change
    ? { ...message, senderId: userId, change }
    : message

const customerAfter = ({ lastMessage }: Session, became: Became): Partial<Session> => ({
  userId: became.userId,
  userName: became.userName,
  userType: 'user',
  lastMessage: lastMessage && ownedBy(lastMessage, became),
})

/** A session as a change leaves it, for changes that are told without the whole session. */
function changed(session: Session, event: CountedEvent): Session {
  switch (event.name) {
    case 'message.created':
      return {
        ...session,
        lastMessage: event.message,
        lastMessageAt: event.message.createdAt,
        lastSeq: event.message.seq,
        updatedAt: event.message.createdAt,
      }
    case 'message.recalled': {
      const last = session.lastMessage
      return last?.id === event.messageId
        ? { ...session, lastMessage: { ...last, ...TOMBSTONE, change: event.change } }
        : session
    }
    case 'session.waiting':
      return {
        ...session,
        status: 'waiting',
        queuePosition: event.position,
        participants: session.participants.filter(userId => userId !== session.operatorId),
        operatorId: null,
        operator: null,
      }
    case 'session.ended':
      return {
        ...session,
        status: 'ended',
        queuePosition: null,
        queueEstimate: null,
        endedBy: event.endedBy,
        endReason: event.reason,
        endedAt: event.endedAt,
        updatedAt: event.endedAt,
      }
    case 'participants.changed':
      return {
        ...session,
        ...(event.identified && customerAfter(session, { ...event.identified, change: event.change })),
        participants: [
          ...session.participants.filter(userId => !event.removed.includes(userId)),
          ...event.added.filter(userId => !session.participants.includes(userId)),
        ],
      }
    case 'session.assigned':
    case 'session.changed':
      return newerSession(session, event.session)
  }
}

function sessionAfter(session: Session | null, event: CountedEvent): Session | null {
  if ('session' in event) return newerSession(session, event.session)
  // A session that was told whole may be ahead of the events that are still on their way.
  if (!session || session.lastChange >= event.change) return session
  return { ...changed(session, event), lastChange: event.change }
}

/** Joins what has come, but never brings back the text of what was recalled. */
function withMessages(state: SessionState, incoming: readonly Message[]): SessionState {
  const news = incoming.filter(message => message.recalled).map(message => [message.id, message.change])
  const recalled = news.length > 0 ? { ...state.recalled, ...Object.fromEntries(news) } : state.recalled
  const kept = incoming.map(message => {
    const owned = state.identified ? ownedBy(message, state.identified) : message
    const change = recalled[message.id] ?? 0
    return owned.change < change ? { ...owned, ...TOMBSTONE, change } : owned
  })
  return { ...state, recalled, messages: joinMessages(state.messages, kept) }
}

const withMarks = (state: SessionState, marks: readonly Mark[]): SessionState => ({
  ...state,
  marks: joinMarks(state.marks, marks),
})

const readUpTo = (userId: string, seq: number): Mark => ({ userId, deliveredSeq: seq, readSeq: seq })

/** What a change does to messages and marks. */
function effects(state: SessionState, event: CountedEvent): SessionState {
  switch (event.name) {
    case 'message.created': {
      const { senderId, seq } = event.message
      // Whoever writes has read what lies before.
      return withMarks(withMessages(state, [event.message]), [readUpTo(senderId, seq)])
    }
    case 'message.recalled': {
      const known = state.messages.find(message => message.id === event.messageId)
      const recalled = { ...state.recalled, [event.messageId]: event.change }
      return withMessages(
        { ...state, recalled },
        known ? [{ ...known, ...TOMBSTONE, change: event.change }] : [],
      )
    }
    case 'session.assigned':
    case 'session.changed':
      return withMarks(state, event.session.marks)
    case 'participants.changed':
      return event.identified ? identified(state, { ...event.identified, change: event.change }) : state
    default:
      return state
  }
}

/** The visitor's messages and mark become the user's. */
function identified(state: SessionState, became: Became): SessionState {
  const mark = state.marks.find(({ userId }) => userId === became.visitorId)
  const messages = state.messages.map(message => ownedBy(message, became))
  return withMarks(
    { ...state, identified: became, messages },
    mark ? [{ ...mark, userId: became.userId }] : [],
  )
}

const step = (state: SessionState, event: CountedEvent): SessionState => ({
  ...effects(state, event),
  change: event.change,
  session: sessionAfter(state.session, event),
})

/** Applies what waited for the gap that is now filled, and forgets what was filled in another way. */
function drained(state: SessionState): SessionState {
  let next = state
  const ahead = state.ahead.filter(event => {
    if (event.change === next.change + 1) next = step(next, event)
    return event.change > next.change
  })
  return ahead.length === state.ahead.length ? next : { ...next, ahead }
}

function counted(state: SessionState, event: CountedEvent): SessionState {
  if (event.change <= state.change) return state
  if (state.change !== UNSYNCED && event.change === state.change + 1) return drained(step(state, event))
  if (state.ahead.some(other => other.change === event.change)) return state
  return { ...state, ahead: [...state.ahead, event].sort((a, b) => a.change - b.change) }
}

const caughtUp = (state: SessionState, { messages, session, upTo }: CaughtUp): SessionState =>
  drained({
    ...withMarks(withMessages(state, messages), session.marks),
    session: newerSession(state.session, session),
    change: Math.max(state.change, upTo),
  })

export function applyEvent(state: SessionState, action: SessionAction): SessionState {
  switch (action.name) {
    case 'caught.up':
      return caughtUp(state, action)
    case 'page':
      return withMessages(state, action.messages)
    case 'told':
      return {
        ...withMarks(state, action.session.marks),
        session: newerSession(state.session, action.session),
      }
    case 'forget':
      return state.messages.length === 0 ? state : { ...state, messages: [] }
    case 'message.read':
      return withMarks(state, [readUpTo(action.userId, action.seq)])
    case 'message.status':
      return {
        ...state,
        delivered: Math.max(state.delivered, action.status === 'sent' ? 0 : action.seq),
        read: Math.max(state.read, action.status === 'read' ? action.seq : 0),
      }
    case 'queue.position':
      return state.session?.status === 'waiting'
        ? {
            ...state,
            session: { ...state.session, queuePosition: action.position, queueEstimate: action.estimate },
          }
        : state
    default:
      return counted(state, action)
  }
}
