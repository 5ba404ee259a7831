import type { Session } from '@parley/contracts'
import type { TurnWrites } from '../../assignment/turn.ts'
import { operatorSide } from './message-status.ts'
import { newPart } from './parts.ts'
import { newPerson } from './person-rows.ts'
import { keyOf, type MessageRow, type PartRow, type SessionRow, type State } from './state.ts'

export function writeTurn(state: State, writes: TurnWrites): void {
  const now = state.now()
  for (const { load: _, connected: __, ...row } of writes.operators) state.operators.set(row.id, row)
  for (const made of writes.created) createSession(state, made, now)
  for (const row of writes.sessions) Object.assign(sessionOf(state, row.id), row, { updatedAt: now })
  for (const { sessionId, change, what } of writes.changes) {
    sessionOf(state, sessionId).changes.push({ change, what })
  }
  for (const part of writes.participants) setPart(sessionOf(state, part.sessionId), part, now)
  for (const identified of writes.identified) handOver(state, identified, now)
  state.queueCounter = writes.queueCounter
  state.strategy = writes.strategy ?? state.strategy
  state.audits.push(...writes.audits)
}

function sessionOf(state: State, sessionId: string): SessionRow {
  const session = state.sessions.get(sessionId)
  if (!session) throw new Error(`the turn writes session ${sessionId}, which is not there`)
  return session
}

function createSession(state: State, made: TurnWrites['created'][number], now: number): void {
  const { subject, userName, userType } = made
  const metadata = made.metadata as Session['metadata']
  state.sessions.set(made.sessionId, {
    ...made.state,
    name: null,
    showsHistory: false,
    bond: null,
    together: false,
    subject,
    metadata: metadata && { ...metadata },
    userName,
    userType,
    lastSeq: 0,
    lastMessageAt: null,
    createdAt: now,
    updatedAt: now,
    parts: new Map(),
    messages: [],
    changes: [],
  })
  knowCustomer(state, made, now)
}

/** Makes the person, or fills in what is not known of it. */
function knowCustomer(
  state: State,
  { userId, userType, userName, locale, timeZone }: TurnWrites['created'][number],
  now: number,
): void {
  const known = state.people.get(userId) ?? newPerson(state, { id: userId, role: userType })
  state.people.set(userId, {
    ...known,
    realName: known.realName ?? userName,
    lastSeenAt: now,
    locale: known.locale ?? locale,
    timeZone: known.timeZone ?? timeZone,
  })
}

function setPart(
  session: SessionRow,
  { userId, role, joined, change }: TurnWrites['participants'][number],
  now: number,
): void {
  const part = session.parts.get(userId) ?? newPart(userId, role, { joinedChange: change, joinedAt: now })
  session.parts.set(userId, part)
  if (joined && part.leftChange !== null) Object.assign(part, { joinedChange: change, joinedAt: now })
  part.leftChange = joined ? null : change
  if (role === 'operator' && joined) takeOverMarks(session, part)
}

/** Goes on where the operators before it were (M15). */
function takeOverMarks(session: SessionRow, part: PartRow): void {
  for (const { deliveredSeq, readSeq } of operatorSide(session)) {
    part.deliveredSeq = deliveredSeq
    part.readSeq = readSeq
  }
}

/** The visitor's part, marks and messages become the user's (I7, I9). */
function handOver(
  state: State,
  { sessionId, visitorId, userId, name, change }: TurnWrites['identified'][number],
  now: number,
): void {
  const session = sessionOf(state, sessionId)
  const part =
    session.parts.get(visitorId) ?? newPart(visitorId, 'visitor', { joinedChange: 0, joinedAt: now })
  part.leftChange = change
  const coming = { joinedChange: change, joinedAt: now }
  session.parts.set(userId, { ...part, ...coming, userId, leftChange: null, reads: [...part.reads] })
  session.userName = name ?? session.userName
  session.userType = 'user'
  for (const message of session.messages)
    if (message.senderId === visitorId) changeSender(state, message, userId, change)
}

/** A `clientMessageId` that the user has used for another message is dropped: it would stand twice. */
function changeSender(state: State, message: MessageRow, userId: string, change: number): void {
  const { clientMessageId, senderId } = message
  message.senderId = userId
  message.change = change
  if (clientMessageId === null) return
  state.claims.delete(keyOf(senderId, clientMessageId))
  if (state.claims.has(keyOf(userId, clientMessageId))) message.clientMessageId = null
  else state.claims.set(keyOf(userId, clientMessageId), message)
}
