import { REACTIONS_MAX } from '@parley/contracts'
import type {
  MessageStore,
  ReactRequest,
  ReactResult,
  RecallRequest,
  RecallResult,
} from '../../ports/store/message-store.ts'
import { addChange, audit } from './changes.ts'
import { dropFile } from './files.ts'
import { toMessage } from './message-status.ts'
import { type MessageRow, presentPart, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'

export const recalls = (state: State): Pick<Sync<MessageStore>, 'recall' | 'react'> => ({
  recall: request => recall(state, request),
  react: request => react(state, request),
})

const refused = <C extends string>(code: C) => ({ kind: 'refused', code }) as const

interface Found {
  readonly row: MessageRow
  readonly session: SessionRow
}

function find(state: State, messageId: string): Found | null {
  const row = state.messages.get(messageId)
  const session = row && state.sessions.get(row.sessionId)
  return row && session ? { row, session } : null
}

const sees = ({ row, session }: Found, userId: string): boolean => {
  const part = presentPart(session, userId)
  return part !== null && row.seq > part.visibleAfterSeq
}

function recall(state: State, request: RecallRequest): RecallResult {
  const { messageId, senderId, withinMs, byId } = request
  const found = find(state, messageId)
  if (!found || (senderId !== null && !sees(found, senderId))) return refused('not_found')
  const { row, session } = found
  if (senderId !== null && row.senderId !== senderId) return refused('forbidden')
  if (row.recalled) return { kind: 'recalled', message: toMessage(session, row), change: null }
  if (withinMs !== null && state.now() - row.createdAt >= withinMs) return refused('recall_window_passed')
  const change = addChange(state, session, { kind: 'recalled', messageId, seq: row.seq, byId })
  const url = row.file?.url
  Object.assign(row, { recalled: true, text: '', file: null, reactions: {}, change, updatedAt: state.now() })
  if (url !== undefined) dropFile(state, url)
  audit(state, request.audit, 'message.delete', session.id, { messageId })
  return { kind: 'recalled', message: toMessage(session, row), change }
}

function react(state: State, { messageId, userId, emoji }: ReactRequest): ReactResult {
  const found = find(state, messageId)
  if (!found || !sees(found, userId)) return refused('not_found')
  const { row, session } = found
  if (session.status === 'ended') return refused('session_ended')
  if (row.recalled) return refused('conflict')
  const { [emoji]: before = [], ...others } = row.reactions
  if (before.length === 0 && Object.keys(others).length >= REACTIONS_MAX) return refused('conflict')
  const added = !before.includes(userId)
  const after = added ? [...before, userId] : before.filter(id => id !== userId)
  row.reactions = after.length === 0 ? others : { ...row.reactions, [emoji]: after }
  const what = { messageId, seq: row.seq, userId, emoji, added, reactions: row.reactions }
  row.change = addChange(state, session, { kind: 'reacted', ...what })
  row.updatedAt = state.now()
  return { kind: 'reacted', message: toMessage(session, row), added }
}
