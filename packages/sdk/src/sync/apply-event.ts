import type { CountedEvent, UncountedEvent } from '../connection/link.ts'
import type { Message, Output, Session } from '../contract-types.ts'
import { joinMarks, joinMessages, type Mark, newerCount, newerSession } from './merge.ts'
import { type SessionState, type Touch, UNSYNCED } from './session-state.ts'

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

const TOMBSTONE = { recalled: true, text: '', file: null, reactions: {} } as const

/** So many changes wait beyond a gap: a backlog may bring any number. */
const AHEAD_MAX = 500

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

type Touching = Extract<CountedEvent, { name: 'message.recalled' | 'message.reacted' }>

export const touchOf = (event: Touching): Touch => ({
  change: event.change,
  seq: event.seq,
  fields: event.name === 'message.recalled' ? TOMBSTONE : { reactions: event.reactions },
})

const touchedLast = (session: Session, messageId: string, fields: Partial<Message>): Session =>
  session.lastMessage?.id === messageId
    ? { ...session, lastMessage: { ...session.lastMessage, ...fields } }
    : session

/** Of a group its owner may have gone: then the one who has been there longest owns it. */
function peopleAfter(
  { participants, people, ownerId }: Session,
  added: readonly string[],
  removed: readonly string[],
) {
  const stays = (userId: string) => !removed.includes(userId)
  const here = [...participants.filter(stays), ...added.filter(userId => !participants.includes(userId))]
  const owner = ownerId === null || stays(ownerId) ? ownerId : (here[0] ?? null)
  return { participants: here, people: people.filter(({ id }) => stays(id)), ownerId: owner }
}

/** A session as a change leaves it, for changes that are told without the whole session. */
function changed(session: Session, event: CountedEvent): Session {
  switch (event.name) {
    case 'message.created':
      // One that was touched since may be told again, by a backlog, as the change that touched it.
      if (event.message.seq <= session.lastSeq) return touchedLast(session, event.message.id, event.message)
      return {
        ...session,
        lastMessage: event.message,
        lastMessageAt: event.message.createdAt,
        lastSeq: event.message.seq,
        updatedAt: event.message.createdAt,
      }
    case 'message.recalled':
    case 'message.reacted':
      return touchedLast(session, event.messageId, { ...touchOf(event).fields, change: event.change })
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
        ...peopleAfter(session, event.added, event.removed),
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

/** Joins what has come, but never brings back what a later change has taken away. */
function withMessages(state: SessionState, incoming: readonly Message[]): SessionState {
  const gone = incoming.filter(message => message.recalled && !state.touched[message.id]?.fields.recalled)
  const news = gone.map(({ id, change, seq }) => [id, { change, seq, fields: TOMBSTONE }] as const)
  const touched = news.length > 0 ? { ...state.touched, ...Object.fromEntries(news) } : state.touched
  const kept = incoming.map(message => {
    const owned = state.identified ? ownedBy(message, state.identified) : message
    const touch = touched[message.id]
    return touch && owned.change < touch.change ? { ...owned, ...touch.fields, change: touch.change } : owned
  })
  return { ...state, touched, messages: joinMessages(state.messages, kept) }
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
    case 'message.recalled':
    case 'message.reacted': {
      const touched = { ...state.touched, [event.messageId]: touchOf(event) }
      const known = state.messages.filter(message => message.id === event.messageId)
      return withMessages({ ...state, touched }, known)
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
  // The farthest are dropped: catching up brings them.
  const ahead = [...state.ahead, event].sort((a, b) => a.change - b.change).slice(0, AHEAD_MAX)
  return { ...state, ahead }
}

/** A session that was told to the caller alone: it has what the caller has not read. */
const told = (state: SessionState, session: Session): SessionState => ({
  ...withMarks(state, session.marks),
  session: newerSession(state.session, session),
  counted: newerCount(state.counted, session),
})

const caughtUp = (state: SessionState, { messages, session, upTo }: CaughtUp): SessionState =>
  drained({ ...told(withMessages(state, messages), session), change: Math.max(state.change, upTo) })

export function applyEvent(state: SessionState, action: SessionAction): SessionState {
  switch (action.name) {
    case 'caught.up':
      return caughtUp(state, action)
    case 'page':
      return withMessages(state, action.messages)
    case 'told':
      return told(state, action.session)
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
