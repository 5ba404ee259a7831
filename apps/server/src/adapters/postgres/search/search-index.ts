import { setImmediate } from 'node:timers/promises'
import { folded } from '@parley/core'
import type pg from 'pg'
import { type SearchIndex, type SearchLag, TOLD_MAX } from '../../../background/search-index.ts'
import { groupBy } from '../store/group-by.ts'
import { gramsOf } from './grams.ts'

/** The first key of the advisory lock under which one node at a time feeds the index; the second is the site. */
const FEED_LOCK = 0x9a75
/** Of each session so many are read at least. */
const LEAST = 4
/** Messages of one step at about most: a short transaction, and few milliseconds of this process at a time. */
const BATCH = 200
/** Messages whose grams are made at a stretch, before others on this node get their turn. */
const STRETCH = 20
/** Sessions that one look goes through. */
const LOOKED_AT = 20_000
/** A node that has stopped in the middle of a step gives its lock to the others. Milliseconds. */
const STEP_TIMEOUT = 10_000

interface Behind {
  readonly id: string
  readonly from: number
  readonly to: number
}

interface Text {
  readonly session: string
  readonly seq: number
  readonly change: number
  /** The change that made it. */
  readonly created: number
  readonly text: string
  readonly recalled: boolean
  readonly at: Date
}

interface Reading {
  readonly id: string
  /** How far the session is. */
  readonly to: number
  readonly texts: readonly Text[]
  /** How far it is taken in with these. */
  readonly end: number
}

/** What is taken in of a session. */
interface Step extends Omit<Reading, 'end'> {
  readonly reached: number
}

/** What search finds messages by. It may be behind, also after a crash: each session says how far it is. */
export function createSearchIndex(pool: pg.Pool, siteId: string): SearchIndex {
  return {
    async feed(sessionIds) {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        await client.query(`BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${STEP_TIMEOUT}`)
        const done = await feedOn(client, siteId, sessionIds)
        await client.query('COMMIT')
        return done
      } catch (error) {
        broken = error instanceof Error ? error : new Error(String(error))
        throw error
      } finally {
        client.release(broken)
      }
    },

    async look(after) {
      const { rows } = await pool.query<{ last: string | null; looked: number; behind: string[] }>(LOOK, [
        siteId,
        after,
        LOOKED_AT,
        TOLD_MAX,
      ])
      const { last = null, looked = 0, behind = [] } = rows[0] ?? {}
      return { behind, next: looked < LOOKED_AT ? null : last }
    },

    async lag() {
      const { rows } = await pool.query<SearchLag>(LAG, [siteId])
      return rows[0] ?? { waiting: 0, seconds: 0 }
    },
  }
}

async function feedOn(client: pg.PoolClient, siteId: string, sessionIds: readonly string[]) {
  const { rows: locks } = await client.query<{ got: boolean }>(
    'SELECT pg_try_advisory_xact_lock($1::int, hashtext($2)) AS got',
    [FEED_LOCK, siteId],
  )
  if (!locks[0]?.got) return null
  const { rows: behind } = await client.query<Behind>(BEHIND, [siteId, sessionIds])
  if (behind.length === 0) return sessionIds
  const step = oldestOf(await readTexts(client, behind))
  await write(client, siteId, step)
  const left = new Set(step.filter(({ reached, to }) => reached < to).map(({ id }) => id))
  return sessionIds.filter(id => !left.has(id))
}

/** The first of what each session lacks: the more of each, the fewer they are. */
async function readTexts(client: pg.PoolClient, sessions: readonly Behind[]): Promise<Reading[]> {
  const most = Math.max(LEAST, Math.min(BATCH, Math.ceil((LEAST * BATCH) / sessions.length)))
  const values = [sessions.map(({ id }) => id), sessions.map(({ from }) => from), most]
  const { rows } = await client.query<Text>(TEXTS, values)
  const bySession = groupBy(rows, ({ session }) => session)
  return sessions.map(({ id, to }) => {
    const texts = bySession.get(id) ?? []
    return { id, to, texts, end: texts.length < most ? to : (texts.at(-1)?.change ?? to) }
  })
}

/**
 * Of all that was read the oldest messages, enough for a step, and whatever else was touched until then: so that a long
 * backlog comes into the table in the order of time, as new messages do. Walking the newest is several times slower else.
 */
function oldestOf(readings: readonly Reading[]): Step[] {
  const times = readings.map(({ texts }) => texts.filter(isNew).map(({ at }) => at.getTime()))
  const enough = times.flat().sort((a, b) => a - b)[BATCH - 1] ?? Number.POSITIVE_INFINITY
  // Where the clock was put back, what comes first may be later than enough others: one of the sessions goes on all the same.
  const last = Math.max(enough, Math.min(...times.map(([first = Number.POSITIVE_INFINITY]) => first)))
  return readings.map(({ id, to, texts, end }) => {
    const later = texts.find(text => isNew(text) && text.at.getTime() > last)
    const reached = later ? later.change - 1 : end
    return { id, to, reached, texts: texts.filter(({ change }) => change <= reached) }
  })
}

const isNew = ({ change, created }: Text): boolean => change === created

async function write(client: pg.PoolClient, siteId: string, step: readonly Step[]): Promise<void> {
  const texts = step.flatMap(({ texts }) => texts)
  const gone = texts.filter(({ recalled }) => recalled)
  const said = texts
    .filter(({ recalled }) => !recalled)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ session, seq, at, text }) => ({ session, seq, at, text: folded(text) }))
  await client.query(WRITE, [
    siteId,
    said.map(({ session }) => session),
    said.map(({ seq }) => seq),
    said.map(({ at }) => at),
    said.map(({ text }) => text),
    await gramsOfAll(said),
    gone.map(({ session }) => session),
    gone.map(({ seq }) => seq),
    step.map(({ id }) => id),
    step.map(({ reached }) => reached),
  ])
}

async function gramsOfAll(said: readonly { readonly text: string }[]): Promise<string[]> {
  const grams: string[] = []
  for (const { text } of said) {
    if (grams.length % STRETCH === STRETCH - 1) await setImmediate()
    grams.push(gramsOf(text).join(' '))
  }
  return grams
}

const BEHIND = `
  SELECT s.id, coalesce(g.change, 0) AS "from", s.last_change AS "to"
  FROM sessions s LEFT JOIN search_progress g ON g.session_id = s.id
  WHERE s.site_id = $1 AND s.id = ANY ($2) AND s.last_change > coalesce(g.change, 0)
  ORDER BY s.id`

// With ties: what one change has touched is taken in together.
const TEXTS = `
  SELECT m.session_id AS session, m.seq, m.change, m.created_change AS created, m.text, m.recalled_at IS NOT NULL AS recalled, m.created_at AS at
  FROM unnest($1::text[], $2::int[]) AS b(session, change)
  CROSS JOIN LATERAL (
    SELECT * FROM messages m WHERE m.session_id = b.session AND m.change > b.change
    ORDER BY m.change FETCH FIRST $3 ROWS WITH TIES
  ) m
  ORDER BY m.session_id, m.change`

const WRITE = `
  WITH gone AS (
    DELETE FROM message_search s USING unnest($7::text[], $8::int[]) AS g(session, seq)
    WHERE s.session_id = g.session AND s.seq = g.seq
  ), said AS (
    INSERT INTO message_search (session_id, seq, site_id, created_at, text, grams)
    SELECT t.session, t.seq, $1, t.at, t.text, array_to_tsvector(string_to_array(t.grams, ' '))
    FROM unnest($2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[]) AS t(session, seq, at, text, grams)
    WHERE t.grams <> ''
    ON CONFLICT DO NOTHING
  )
  INSERT INTO search_progress (session_id, change) SELECT * FROM unnest($9::text[], $10::int[])
  ON CONFLICT (session_id) DO UPDATE SET change = excluded.change`

const LOOK = `
  SELECT max(s.id) AS last, count(*)::int AS looked,
    coalesce((array_agg(s.id) FILTER (WHERE s.last_change > coalesce(g.change, 0)))[1:$4], '{}') AS behind
  FROM (SELECT id, last_change FROM sessions WHERE site_id = $1 AND id > $2 ORDER BY id LIMIT $3) s
  LEFT JOIN search_progress g ON g.session_id = s.id`

const LAG = `
  SELECT coalesce(sum(b.waiting), 0)::float8 AS waiting,
    coalesce(extract(epoch FROM clock_timestamp() - min(m.created_at)), 0)::float8 AS seconds
  FROM (
    SELECT s.id, coalesce(g.change, 0) AS change, s.last_change - coalesce(g.change, 0) AS waiting
    FROM sessions s LEFT JOIN search_progress g ON g.session_id = s.id
    WHERE s.site_id = $1 AND s.last_change > coalesce(g.change, 0)
  ) b
  LEFT JOIN LATERAL (
    SELECT m.created_at FROM messages m WHERE m.session_id = b.id AND m.change > b.change ORDER BY m.change LIMIT 1
  ) m ON true`
