import type { Session, SessionList } from '../contract-types.ts'

type Order = (a: Session, b: Session) => number

const time = (value: string | null) => (value === null ? 0 : Date.parse(value))
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const latestFirst: Order = (a, b) =>
  time(b.lastMessageAt ?? b.createdAt) - time(a.lastMessageAt ?? a.createdAt) || text(a.id, b.id)

/** The server tells every place that has changed; between two such news the first wait decides. */
const queueOrder: Order = (a, b) =>
  (a.queuePosition ?? Number.MAX_SAFE_INTEGER) - (b.queuePosition ?? Number.MAX_SAFE_INTEGER) ||
  time(a.waitingSince) - time(b.waitingSince) ||
  text(a.id, b.id)

const activeOrder: Order = (a, b) => {
  const waits = Number(b.status === 'waiting') - Number(a.status === 'waiting')
  return waits || (a.status === 'waiting' ? queueOrder(a, b) : latestFirst(a, b))
}

export const LIST_ORDER: Readonly<Record<SessionList, Order>> = {
  mine: latestFirst,
  team: latestFirst,
  queue: queueOrder,
  active: activeOrder,
}
