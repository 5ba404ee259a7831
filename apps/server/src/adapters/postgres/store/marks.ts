import type { Session } from '@parley/contracts'
import type { MarkMoved, MarkRequest } from '@parley/core'
import { type Progress, statusOf } from '@parley/core'
import type pg from 'pg'
import { eachItsOwn } from './each-its-own.ts'
import { type Decide, type Gathered, gather } from './gather.ts'
import type { SessionProgress } from './message-entity.ts'

/** Small: who appends a message waits for as long as a batch holds its sender's row, and all others behind it. */
const BATCH_MAX = 20

interface RunMessage {
  readonly id: string
  readonly seq: number
  readonly senderId: string
  readonly senderType: 'user' | 'operator' | 'system'
}

/** What the function `move_marks` answers for a request of somebody who takes part: see its migration. */
interface Row {
  readonly place: number
  readonly busy: boolean
  /** Null, as all that follows: the mark stays where it is. */
  readonly from_seq: number | null
  readonly to_seq: number
  readonly at: Date
  readonly run: readonly RunMessage[] | null
  readonly session_type: Session['type']
  /** With the first move of a session: all marks before the batch. */
  readonly parts: readonly Progress[] | null
}

type Moved = Row & { readonly from_seq: number }

const asJson = ({ sessionId, userId, kind, from, to }: MarkRequest) => ({
  session: sessionId,
  user: userId,
  kind,
  from,
  to,
})

/**
 * Moves marks in batches. A mark's row that somebody else holds goes into the next batch: a batch never waits while
 * it holds rows, so it can't lock up with messages that are being appended.
 */
export function createMark(pool: pg.Pool, siteId: string) {
  const decide: Decide<MarkRequest, MarkMoved | null> = async batch => {
    const { rows } = await pool.query<Row>({
      name: 'move_marks',
      text: 'SELECT * FROM move_marks($1, $2)',
      values: [siteId, JSON.stringify(batch.map(asJson))],
    })
    return decisions(batch, rows)
  }
  const one = gather(eachItsOwn(decide), BATCH_MAX)
  return async (requests: readonly MarkRequest[]): Promise<MarkMoved[]> => {
    const moved = await Promise.all(requests.map(one))
    return moved.filter(mark => mark !== null)
  }
}

function decisions(batch: readonly MarkRequest[], rows: readonly Row[]): Gathered<MarkMoved | null>[] {
  const found = new Map(rows.map(row => [row.place, row]))
  const progress = new Map<string, SessionProgress>()
  return batch.map((request, place) => {
    const row = found.get(place)
    if (row?.busy) return { kind: 'again' }
    if (!row || !hasMoved(row)) return { kind: 'decided', result: null }
    const { sessionId } = request
    const before = row.parts ? { type: row.session_type, parts: row.parts } : progress.get(sessionId)
    if (!before) throw new Error('move_marks has told of no marks with the first move of a session')
    const after = { ...before, parts: before.parts.map(part => movedBy(part, request, row.to_seq)) }
    progress.set(sessionId, after)
    return { kind: 'decided', result: toMoved(request, row, before, after) }
  })
}

const hasMoved = (row: Row): row is Moved => row.from_seq !== null

const movedBy = (part: Progress, { userId, kind }: MarkRequest, to: number): Progress =>
  part.userId === userId
    ? { ...part, deliveredSeq: Math.max(part.deliveredSeq, to), readSeq: kind === 'read' ? to : part.readSeq }
    : part

/** For each sender and status the newest message that now has it. */
function toMoved(
  { sessionId, userId, kind }: MarkRequest,
  { from_seq: fromSeq, to_seq: toSeq, at, run }: Moved,
  before: SessionProgress,
  after: SessionProgress,
): MarkMoved {
  const senders = new Map<string, MarkMoved['senders'][number]>()
  for (const message of run ?? []) {
    const status = statusOf(after.type, after.parts, message)
    if (status === 'sent' || status === statusOf(before.type, before.parts, message)) continue
    const { senderId, id, seq } = message
    senders.set(`${status} ${senderId}`, { senderId, messageId: id, seq, status })
  }
  return { sessionId, userId, kind, fromSeq, toSeq, at: at.toISOString(), senders: [...senders.values()] }
}
