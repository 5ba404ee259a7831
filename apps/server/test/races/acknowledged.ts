import type pg from 'pg'
import type { Told } from './crowd.ts'

interface Row {
  readonly client_message_id: string
  readonly session_id: string
  readonly id: string
  readonly seq: number
}

/** Messages that were acknowledged and are not stored just so, and once. */
export async function lostOrDoubled(pool: pg.Pool, { stored }: Told): Promise<unknown[]> {
  const { rows } = await pool.query<Row>(
    'SELECT client_message_id, session_id, id, seq FROM messages WHERE client_message_id IS NOT NULL',
  )
  const kept = new Map<string, Row[]>()
  for (const row of rows) kept.set(row.client_message_id, [...(kept.get(row.client_message_id) ?? []), row])
  return [...stored].flatMap(([clientMessageId, answers]) => {
    const found = kept.get(clientMessageId) ?? []
    const [row] = found
    const same = answers.every(
      ({ sessionId, answer }) =>
        row?.session_id === sessionId && row.id === answer.id && row.seq === answer.seq,
    )
    return found.length === 1 && same ? [] : [{ clientMessageId, answers, found }]
  })
}
