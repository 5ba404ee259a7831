import { type Message, READ_BY_MAX } from '@parley/contracts'
import type { Message as MessageRow, Prisma } from '../../../generated/prisma/client.ts'
import { groupBy } from './group-by.ts'

type Tx = Prisma.TransactionClient

export interface Readers {
  /** The oldest, at most `READ_BY_MAX`. */
  readonly first: Message['readBy']
  readonly count: number
}

export const NOBODY: Readers = { first: [], count: 0 }

/** A person has read what lies from `from` to `to`. */
type Run = [userId: string, from: number, to: number, at: number]

/** Who has read each message, and when the mark first reached it, oldest first (M16); of those whom somebody has. */
export async function readersOf(tx: Tx, rows: readonly MessageRow[]): Promise<Map<string, Readers>> {
  const readers = new Map<string, Readers>()
  const bySession = groupBy(rows, row => row.sessionId)
  for (const { session, runs } of await runsOf(tx, bySession)) {
    for (const [id, found] of readersIn(bySession.get(session) ?? [], runs)) readers.set(id, found)
  }
  return readers
}

/** Marks of a stretch, by time; a person's own are looked up together, however many messages there are. */
function runsOf(
  tx: Tx,
  bySession: ReadonlyMap<string, readonly MessageRow[]>,
): Promise<{ session: string; runs: Run[] }[]> {
  const stretches = [...bySession].map(([session, rows]) => {
    const seqs = rows.map(({ seq }) => seq)
    return { session, first: Math.min(...seqs), last: Math.max(...seqs) }
  })
  return tx.$queryRaw`
    SELECT session, json_agg(json_build_array(user_id, from_seq, seq, 1000 * extract(epoch FROM at)) ORDER BY at, user_id)
      AS runs
    FROM (
      SELECT w.session, p.user_id, r.seq, r.at,
        1 + greatest(lag(r.seq) OVER (PARTITION BY w.session, p.user_id ORDER BY r.seq), p.joined_seq) AS from_seq
      FROM jsonb_to_recordset(${JSON.stringify(stretches)}::jsonb) AS w(session text, first integer, last integer)
      JOIN participants p ON p.session_id = w.session
      CROSS JOIN LATERAL (
        (SELECT r.seq, r.at FROM read_marks r
          WHERE r.session_id = p.session_id AND r.user_id = p.user_id AND r.seq >= w.first AND r.seq < w.last)
        UNION ALL
        (SELECT r.seq, r.at FROM read_marks r
          WHERE r.session_id = p.session_id AND r.user_id = p.user_id AND r.seq >= w.last
          ORDER BY r.seq LIMIT 1)
      ) r
    ) run
    GROUP BY session`
}

/** A person's runs do not overlap. */
function readersIn(rows: readonly MessageRow[], runs: readonly Run[]): Map<string, Readers> {
  const found = new Map<string, Counting>()
  const sorted = [...rows].sort((a, b) => a.seq - b.seq)
  for (const [userId, from, to, at] of runs) {
    for (let place = firstAt(sorted, from); place < sorted.length; place++) {
      const row = sorted[place]
      if (!row || row.seq > to) break
      if (row.senderId !== userId) count(found, row.id, { userId, at })
    }
  }
  return found
}

interface Counting {
  readonly first: Message['readBy']
  count: number
}

function count(
  found: Map<string, Counting>,
  messageId: string,
  { userId, at }: { readonly userId: string; readonly at: number },
): void {
  const readers = found.get(messageId) ?? { first: [], count: 0 }
  found.set(messageId, readers)
  readers.count += 1
  if (readers.first.length < READ_BY_MAX) readers.first.push({ userId, at: new Date(at).toISOString() })
}

/** The place of the first message with `seq` or later. */
function firstAt(sorted: readonly MessageRow[], seq: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.seq ?? 0) < seq) low = middle + 1
    else high = middle
  }
  return low
}
