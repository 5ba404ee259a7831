import { folded } from '@parley/core'
import type pg from 'pg'
import type { SearchIndex } from '../../../background/search-index.ts'

/** Until there is nothing left to take in. */
export async function feedAll(index: SearchIndex): Promise<void> {
  for (let { behind } = await index.look(''); behind.length > 0; { behind } = await index.look('')) {
    await index.feed(behind)
  }
}

/** Messages of `a`, who takes part alone, as appends would have left them; the session is made by the first. */
export async function addMessages(pool: pg.Pool, sessionId: string, texts: readonly string[]): Promise<void> {
  await pool.query(ADD, [sessionId, texts])
}

/** What a recall does to the rows; without the text it touches the message and leaves it as it is. */
export async function touchMessages(
  pool: pg.Pool,
  sessionId: string,
  seqs: readonly number[],
  { recalls }: { readonly recalls: boolean },
): Promise<void> {
  await pool.query(TOUCH, [sessionId, seqs, recalls])
}

interface Said {
  readonly session: string
  readonly seq: number
  readonly text: string
}

/** What the index has, and what it should have once it has taken in everything. */
export async function compared(pool: pg.Pool): Promise<{ readonly has: Said[]; readonly should: Said[] }> {
  const of = async (sql: string) => (await pool.query<Said>(`${sql} ORDER BY session_id, seq`)).rows
  const has = await of('SELECT session_id AS session, seq, text FROM message_search')
  const all = await of('SELECT session_id AS session, seq, text FROM messages WHERE recalled_at IS NULL')
  return { has, should: all.map(said => ({ ...said, text: folded(said.text) })) }
}

const ADD = `
  WITH session AS (
    INSERT INTO sessions AS s (id, site_id, type, status, last_seq, last_change, updated_at)
    VALUES ($1, 'default', 'group', 'active', cardinality($2::text[]), cardinality($2::text[]), now())
    ON CONFLICT (id) DO UPDATE SET last_seq = s.last_seq + excluded.last_seq, last_change = s.last_change + excluded.last_change
    RETURNING last_seq - cardinality($2::text[]) AS seq, last_change - cardinality($2::text[]) AS change
  ), part AS (
    INSERT INTO participants (session_id, user_id, site_id, role) VALUES ($1, 'a', 'default', 'member') ON CONFLICT DO NOTHING
  )
  INSERT INTO messages (id, site_id, session_id, seq, change, created_change, sender_id, sender_type, text, updated_at)
  SELECT $1 || '-' || s.seq + t.n, 'default', $1, s.seq + t.n, s.change + t.n, s.change + t.n, 'a', 'user', t.text, now()
  FROM session s, unnest($2::text[]) WITH ORDINALITY AS t(text, n)`

const TOUCH = `
  WITH session AS (
    UPDATE sessions SET last_change = last_change + 1 WHERE id = $1 RETURNING last_change
  )
  UPDATE messages SET change = s.last_change, text = CASE WHEN $3 THEN '' ELSE text END,
    recalled_at = CASE WHEN $3 THEN now() END
  FROM session s WHERE session_id = $1 AND seq = ANY ($2)`
