import { mayWrite } from '../../friend/bond.ts'
import { storableFile } from '../../message/own-file.ts'
import type {
  AppendRequest,
  AppendResult,
  MessageStore,
  StoredChange,
  WriteRefusal,
} from '../../ports/store/message-store.ts'
import { markRead } from './marks.ts'
import { toMessage } from './message-status.ts'
import { keyOf, type MessageRow, presentPart, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

export const messages = (state: State): Omit<Sync<MessageStore>, 'mark' | 'recall' | 'react'> => ({
  append: request => append(state, request),
  writeRefusals: ({ sessionIds, ...writer }) =>
    new Map(
      sessionIds.flatMap(id => {
        const code = refusalOf(state.sessions.get(id), writer)
        return code ? [[id, code] as const] : []
      }),
    ),
  messages(sessionId, range, visibleAfterSeq) {
    const session = state.sessions.get(sessionId)
    const visible = session?.messages.filter(({ seq }) => seq > visibleAfterSeq) ?? []
    const items = session ? inRange(visible, range).map(row => toMessage(session, row)) : []
    return { items, total: visible.length }
  },
  message(messageId) {
    const row = state.messages.get(messageId)
    const session = row && state.sessions.get(row.sessionId)
    return row && session ? toMessage(session, row) : null
  },
  hasSent: (senderId, clientMessageId) => state.claims.has(keyOf(senderId, clientMessageId)),
  messagesChangedSince(sessionId, change, visibleAfterSeq, limit) {
    const session = state.sessions.get(sessionId)
    if (!session) return []
    const news = session.messages
      .filter(row => row.change > change && row.seq > visibleAfterSeq)
      .sort((a, b) => a.change - b.change)
    const last = news[limit - 1]?.change ?? Number.POSITIVE_INFINITY
    return news.filter(row => row.change <= last).map(row => toMessage(session, row))
  },
  changesSince(sessionId, change, limit) {
    const session = state.sessions.get(sessionId)
    return session
      ? changesOf(session)
          .filter(one => one.change > change)
          .slice(0, limit)
      : []
  },
})

function append(state: State, request: AppendRequest): AppendResult {
  const { sessionId, senderId, clientMessageId } = request
  const session = state.sessions.get(sessionId)
  const stored = clientMessageId === null ? undefined : state.claims.get(keyOf(senderId, clientMessageId))
  if (stored && session && stored.sessionId === sessionId) {
    return { kind: 'duplicate', message: toMessage(session, stored) }
  }
  const code = refusalOf(session, request)
  if (!session || code === 'not_found') return { kind: 'refused', code: 'not_found' }
  if (stored) return { kind: 'refused', code: 'conflict' }
  if (code) return { kind: 'refused', code }
  return { kind: 'stored', message: toMessage(session, storeMessage(state, session, request)) }
}

type Writer = Pick<AppendRequest, 'senderId' | 'mustTakePart' | 'anyone'>

/** Why this one can't write into the session now. */
function refusalOf(session: SessionRow | undefined, writer: Writer): WriteRefusal | null {
  const { senderId, mustTakePart, anyone } = writer
  if (!session || (mustTakePart && !presentPart(session, senderId))) return 'not_found'
  if (session.status === 'ended') return 'session_ended'
  const { bond } = session
  return mustTakePart && bond !== null && !mayWrite(bond, anyone) ? 'not_friends' : null
}

/** The other one of a private session, whatever was said (M28). */
const receiverOf = (session: SessionRow, { senderId, receiverId }: AppendRequest): string | null =>
  session.type === 'private'
    ? ([...session.parts.keys()].find(userId => userId !== senderId) ?? null)
    : receiverId

function storeMessage(state: State, session: SessionRow, request: AppendRequest): MessageRow {
  const { mustTakePart: _, anyone: __, ...content } = request
  const now = state.now()
  session.lastSeq += 1
  session.lastChange += 1
  session.lastMessageAt = session.updatedAt = now
  const row: MessageRow = {
    ...content,
    file: request.file && storableFile(request.file),
    receiverId: receiverOf(session, request),
    seq: session.lastSeq,
    change: session.lastChange,
    createdChange: session.lastChange,
    reactions: {},
    recalled: false,
    createdAt: now,
    updatedAt: now,
  }
  session.messages.push(row)
  state.messages.set(row.id, row)
  if (row.clientMessageId !== null) state.claims.set(keyOf(row.senderId, row.clientMessageId), row)
  const sender = presentPart(session, row.senderId)
  if (sender) markRead(session, sender, row.seq, now)
  return row
}

function inRange(visible: MessageRow[], range: Parameters<MessageStore['messages']>[1]): MessageRow[] {
  switch (range.kind) {
    case 'page': {
      const end = Math.max(0, visible.length - (range.page - 1) * range.limit)
      return visible.slice(Math.max(0, end - range.limit), end)
    }
    case 'before':
      return visible.filter(({ seq }) => seq < range.seq).slice(-range.limit)
    case 'after':
      return visible.filter(({ seq }) => seq > range.seq).slice(0, range.limit)
  }
}

function changesOf(session: SessionRow): StoredChange[] {
  const created = session.messages.map(
    row => ({ kind: 'message', change: row.createdChange, message: toMessage(session, row) }) as const,
  )
  const others = session.changes.map(({ change, what }) => ({ kind: 'session', change, what }) as const)
  return [...created, ...others].sort((a, b) => a.change - b.change)
}
