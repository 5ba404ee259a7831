import type { Message, Session } from '../contract-types.ts'

export type Mark = Session['marks'][number]

export const STATUS_ORDER = ['sent', 'delivered', 'read'] as const
const rank = (message: Message) => STATUS_ORDER.indexOf(message.status)

/** Of two states of one message the later; between changes only the marks on it move, and only upwards. */
function newerMessage(known: Message, incoming: Message): Message {
  if (incoming.change !== known.change) return incoming.change > known.change ? incoming : known
  const ahead = rank(incoming) - rank(known) || incoming.readByCount - known.readByCount
  return ahead > 0 ? incoming : known
}

/** The messages of both by `seq`, from the newest back to the first hole: what lies before one can't be shown in order. */
export function joinMessages(known: readonly Message[], incoming: readonly Message[]): readonly Message[] {
  if (incoming.length === 0) return known
  const bySeq = new Map(known.map(message => [message.seq, message]))
  for (const message of incoming) {
    const other = bySeq.get(message.seq)
    bySeq.set(message.seq, other ? newerMessage(other, message) : message)
  }
  const sorted = [...bySeq.values()].sort((a, b) => a.seq - b.seq)
  const hole = sorted.findLastIndex((message, i) => i > 0 && sorted[i - 1]?.seq !== message.seq - 1)
  return hole > 0 ? sorted.slice(hole) : sorted
}

/** Marks only move forward. */
export function joinMarks(known: readonly Mark[], incoming: readonly Mark[]): Mark[] {
  const byUser = new Map(known.map(mark => [mark.userId, mark]))
  for (const { userId, deliveredSeq, readSeq } of incoming) {
    const other = byUser.get(userId)
    byUser.set(userId, {
      userId,
      deliveredSeq: Math.max(deliveredSeq, readSeq, other?.deliveredSeq ?? 0),
      readSeq: Math.max(readSeq, other?.readSeq ?? 0),
    })
  }
  return [...byUser.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1))
}

/** Of two states of a session the later. What goes to many has no `unreadCount`. */
export function newerSession(known: Session | null, incoming: Session): Session {
  if (!known) return incoming
  const newer = incoming.lastChange >= known.lastChange ? incoming : known
  return newer.unreadCount === null ? { ...newer, unreadCount: known.unreadCount } : newer
}

/** Of two counts of what is unread the later; without a count the known one. */
export const newerCount = (known: Session | null, incoming: Session): Session | null =>
  incoming.unreadCount !== null && incoming.lastChange >= (known?.lastChange ?? 0) ? incoming : known
