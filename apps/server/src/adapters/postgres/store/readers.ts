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

/** `marks`: when the person's read mark moved to which `seq`, as `seq:ms,seq:ms`: a page has tens of thousands in a large group. */
type MarksOf = [userId: string, visibleAfterSeq: number, marks: string]

interface SessionMarks {
  readonly session: string
  readonly people: readonly MarksOf[]
}

/** Who has read each message, and when the mark first reached it, oldest first (M16); of those that somebody has read. */
export async function readersOf(tx: Tx, rows: readonly MessageRow[]): Promise<Map<string, Readers>> {
  const bySession = groupBy(rows, row => row.sessionId)
  const marks = await marksOf(tx, bySession)
  return new Map(marks.flatMap(({ session, people }) => readersIn(bySession.get(session) ?? [], people)))
}

/** Up to the mark that goes beyond the stretch of messages. A person's are looked up together, whatever their number. */
function marksOf(
  tx: Tx,
  bySession: ReadonlyMap<string, readonly MessageRow[]>,
): Promise<readonly SessionMarks[]> {
  const stretches = [...bySession].map(([session, rows]) => {
    const seqs = rows.map(({ seq }) => seq)
    return { session, first: Math.min(...seqs), last: Math.max(...seqs) }
  })
  return tx.$queryRaw`
    SELECT w.session, json_agg(json_build_array(p.user_id, p.joined_seq, r.marks)) AS people
    FROM jsonb_to_recordset(${JSON.stringify(stretches)}::jsonb) AS w(session text, first integer, last integer)
    JOIN participants p ON p.session_id = w.session AND p.read_seq >= w.first
    CROSS JOIN LATERAL (
      SELECT string_agg(m.seq || ':' || (1000 * extract(epoch FROM m.at))::bigint, ',') AS marks FROM (
        (SELECT r.seq, r.at FROM read_marks r
          WHERE r.session_id = p.session_id AND r.user_id = p.user_id AND r.seq >= w.first AND r.seq < w.last)
        UNION ALL
        (SELECT r.seq, r.at FROM read_marks r
          WHERE r.session_id = p.session_id AND r.user_id = p.user_id AND r.seq >= w.last
          ORDER BY r.seq LIMIT 1)
      ) m
    ) r
    WHERE r.marks IS NOT NULL
    GROUP BY w.session`
}

/** A person has read the messages at the places from `from` to before `to`, at one time. */
interface Run {
  readonly userId: string
  readonly from: number
  readonly to: number
  readonly at: number
}

function readersIn(rows: readonly MessageRow[], people: readonly MarksOf[]): [string, Readers][] {
  const sorted = [...rows].sort((a, b) => a.seq - b.seq)
  const runs = people
    .flatMap(person => runsOf(sorted, person))
    .sort((a, b) => a.at - b.at || (a.userId < b.userId ? -1 : 1))
  const found = sorted.map(() => ({ first: [] as Message['readBy'], count: 0 }))
  for (const { userId, from, to, at } of runs) {
    const readBy = { userId, at: new Date(at).toISOString() }
    for (let place = from; place < to; place++) {
      const readers = found[place]
      if (!readers || sorted[place]?.senderId === userId) continue
      readers.count += 1
      if (readers.count <= READ_BY_MAX) readers.first.push(readBy)
    }
  }
  return sorted.map(({ id }, place) => [id, found[place] ?? NOBODY])
}

function runsOf(sorted: readonly MessageRow[], [userId, visibleAfterSeq, marks]: MarksOf): Run[] {
  let to = 0
  while ((sorted[to]?.seq ?? Number.POSITIVE_INFINITY) <= visibleAfterSeq) to++
  return parse(marks).map(([seq, at]) => {
    const from = to
    while ((sorted[to]?.seq ?? Number.POSITIVE_INFINITY) <= seq) to++
    return { userId, from, to, at }
  })
}

const parse = (marks: string): [seq: number, at: number][] =>
  marks
    .split(',')
    .map((mark): [number, number] => {
      const colon = mark.indexOf(':')
      return [Number(mark.slice(0, colon)), Number(mark.slice(colon + 1))]
    })
    .sort(([a], [b]) => a - b)
