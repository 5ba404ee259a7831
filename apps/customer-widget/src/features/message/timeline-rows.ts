import type { OperatorCard, Session } from '@parley/contracts'
import type { TimelineMessage } from '@parley/sdk'
import { midnight } from '../../i18n/time.ts'

/** Messages of one person that follow each other within this time stand together. Milliseconds. */
const GROUP_MS = 5 * 60_000

export interface MessageRow {
  readonly kind: 'message'
  readonly key: string
  readonly message: TimelineMessage
  /** The first of its group: says who. */
  readonly first: boolean
  /** Says when, and how far it has come: the last of its group, or the last that has come so far. */
  readonly telling: boolean
}

export type TimelineRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: 'unread' }
  | { readonly kind: 'joined'; readonly key: string; readonly operator: OperatorCard }
  | MessageRow

export interface TimelineFacts {
  readonly session: Pick<Session, 'assignedAt' | 'operator'> | null
  readonly hasOlder: boolean
  /** The `seq` of the first message that was unread. */
  readonly unreadFrom: number | null
}

const timeOf = (message: TimelineMessage) => Date.parse(message.createdAt)
const dayOf = (message: TimelineMessage) => midnight(timeOf(message))

/** What the timeline shows, top to bottom. */
export function timelineRows(messages: readonly TimelineMessage[], facts: TimelineFacts): TimelineRow[] {
  const { session, hasOlder, unreadFrom } = facts
  const joined = joinedRow(session)
  const joinedBefore = joined && placeOf(joined.at, messages, hasOlder)
  const rows: TimelineRow[] = []
  messages.forEach((message, at) => {
    const previous = messages[at - 1]
    const before: TimelineRow[] = []
    if (!previous || dayOf(previous) !== dayOf(message))
      before.push({ kind: 'day', key: `day ${message.key}`, at: dayOf(message) })
    if (joined && joinedBefore === at) before.push(joined.row)
    if ('seq' in message && message.seq === unreadFrom) before.push({ kind: 'unread', key: 'unread' })
    const first = before.length > 0 || !previous || !together(previous, message)
    rows.push(...before, { kind: 'message', key: message.key, message, first, telling: true })
  })
  if (joined && joinedBefore === messages.length) rows.push(joined.row)
  return rows.map((row, at) =>
    row.kind === 'message' ? { ...row, telling: isTelling(row, rows[at + 1]) } : row,
  )
}

function joinedRow(session: TimelineFacts['session']) {
  if (!session?.operator || !session.assignedAt) return null
  const { operator, assignedAt } = session
  const row: TimelineRow = { kind: 'joined', key: `joined ${assignedAt}`, operator }
  return { row, at: Date.parse(assignedAt) }
}

/** Before which message it happened; null: before those that are loaded. What is unsent has another clock, and comes after. */
function placeOf(at: number, messages: readonly TimelineMessage[], hasOlder: boolean): number | null {
  const later = messages.findIndex(message => !('seq' in message) || timeOf(message) > at)
  const place = later < 0 ? messages.length : later
  return place === 0 && hasOlder ? null : place
}

const together = (a: TimelineMessage, b: TimelineMessage) =>
  a.senderId === b.senderId && a.senderType === b.senderType && timeOf(b) - timeOf(a) < GROUP_MS

function isTelling(row: MessageRow, next: TimelineRow | undefined): boolean {
  if (next?.kind !== 'message' || next.first) return true
  return row.message.state !== next.message.state
}
