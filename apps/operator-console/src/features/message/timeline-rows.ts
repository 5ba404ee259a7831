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
  | { readonly kind: 'start'; readonly key: 'start' }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: 'unread' }
  | MessageRow

export interface TimelineFacts {
  readonly hasOlder: boolean
  /** The `seq` of the first message that was unread. */
  readonly unreadFrom: number | null
}

/**
 * What the timeline shows, top to bottom. Loading older messages only ever adds rows before a message: a row that
 * went away above the reader would move what they read. So the oldest loaded message has no day above it until what
 * came before it is known.
 */
export function timelineRows(messages: readonly TimelineMessage[], facts: TimelineFacts): TimelineRow[] {
  const rows: TimelineRow[] = facts.hasOlder ? [] : [{ kind: 'start', key: 'start' }]
  messages.forEach((message, at) => {
    const previous = messages[at - 1]
    const before = [
      ...dayBefore(message, previous, facts.hasOlder),
      ...unreadBefore(message, facts.unreadFrom),
    ]
    const first = before.length > 0 || !previous || !together(previous, message)
    rows.push(...before, { kind: 'message', key: message.key, message, first, telling: true })
  })
  return rows.map((row, at) =>
    row.kind === 'message' ? { ...row, telling: isTelling(row, rows[at + 1]) } : row,
  )
}

function dayBefore(
  message: TimelineMessage,
  previous: TimelineMessage | undefined,
  hasOlder: boolean,
): TimelineRow[] {
  if (!previous && hasOlder) return []
  const day = dayOf(message)
  if (previous && dayOf(previous) === day) return []
  return [{ kind: 'day', key: `day ${day} ${message.key}`, at: day }]
}

const unreadBefore = (message: TimelineMessage, unreadFrom: number | null): TimelineRow[] =>
  unreadFrom !== null && 'seq' in message && message.seq === unreadFrom
    ? [{ kind: 'unread', key: 'unread' }]
    : []

const timeOf = (message: TimelineMessage) => Date.parse(message.createdAt)
const dayOf = (message: TimelineMessage) => midnight(timeOf(message))

const together = (a: TimelineMessage, b: TimelineMessage) =>
  a.senderId === b.senderId && a.senderType === b.senderType && timeOf(b) - timeOf(a) < GROUP_MS

function isTelling(row: MessageRow, next: TimelineRow | undefined): boolean {
  if (next?.kind !== 'message' || next.first) return true
  return row.message.state !== next.message.state
}
