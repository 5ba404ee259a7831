import { SEARCH_TOTAL_MAX } from '@parley/contracts'
import { type FoundPlace, folded, hasWords, type SearchQuery, type SearchStore } from '@parley/core'
import type pg from 'pg'
import type { PrismaClient } from '../../../generated/prisma/client.ts'
import { type SignUrl, toMessages } from '../store/message-entity.ts'
import { patternOf, queryOf, shortQueryOf } from './grams.ts'

/** So many of the newest messages that the index has not taken in yet are read at each search. */
const WAITING_READ = 2000

interface Hit {
  readonly id: string
  readonly session_id: string
  readonly seq: number
  readonly created_at: Date
}

/** What there is to search in. */
interface Scope {
  /** JSON: the sessions, and after which seq each is seen. */
  readonly seen: string
  /** About how many messages that is. */
  readonly visible: number
  /** Where the index is behind, and how far it is there. */
  readonly behind: readonly { readonly session: string; readonly change: number }[]
}

type Databases = { readonly pool: pg.Pool; readonly prisma: PrismaClient }

export function searchReads({ pool, prisma }: Databases, siteId: string, sign: SignUrl): SearchStore {
  const ask = async <Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> =>
    (await pool.query<Row>(text, values)).rows

  const scopeOf = async ({ userId, knownTo, sessionId }: SearchQuery): Promise<Scope> => {
    const [scope] = await ask<Scope>(SCOPE, [siteId, userId, sessionId, knownTo])
    return scope ?? { seen: '{}', visible: 0, behind: [] }
  }

  /** Read before the index is: what it takes in meanwhile is found twice, and not missed. */
  const waiting = async ({ seen, behind }: Scope, { words, before }: SearchQuery) => {
    if (behind.length === 0) return []
    const values = [
      behind.map(({ session }) => session),
      behind.map(({ change }) => change),
      seen,
      WAITING_READ,
      before?.createdAt ?? null,
    ]
    const rows = await ask<Hit & { text: string }>(WAITING, values)
    return rows.filter(
      hit => hasWords(folded(hit.text), words) && (before === null || newestFirst(placeOf(hit), before) > 0),
    )
  }

  const indexed = ({ seen, visible, behind }: Scope, { words, before }: SearchQuery) => [
    siteId,
    seen,
    behind.map(({ session }) => session),
    words.map(patternOf),
    [queryOf(words), shortQueryOf(words)],
    ...(before ? [before.createdAt, before.sessionId, before.seq] : [null, null, null]),
    visible,
    SEARCH_TOTAL_MAX,
  ]

  /** As they are now: what was recalled since it was found is left out. */
  const read = async (ids: readonly string[]) => {
    const rows = await prisma.message.findMany({ where: { id: { in: [...ids] } } })
    const messages = new Map((await toMessages(prisma, rows, sign)).map(message => [message.id, message]))
    return ids.flatMap(id => messages.get(id) ?? []).filter(({ recalled }) => !recalled)
  }

  return {
    async searchMessages(query) {
      const scope = await scopeOf(query)
      const late = await waiting(scope, query)
      const { skip, limit } = query
      if (late.length === 0) {
        const values = [...indexed(scope, query), skip, limit]
        const [page = { total: 0, ids: [] }] = await ask<{ total: number; ids: string[] }>(PAGE, values)
        return { items: await read(page.ids), total: page.total }
      }
      const found = newest([...late, ...(await ask<Hit>(ALL, indexed(scope, query)))])
      return { items: await read(found.slice(skip, skip + limit).map(({ id }) => id)), total: found.length }
    },
  }
}

function newest(hits: readonly Hit[]): Hit[] {
  const each = new Map(hits.map(hit => [hit.id, hit]))
  return [...each.values()].sort((a, b) => newestFirst(placeOf(a), placeOf(b))).slice(0, SEARCH_TOTAL_MAX)
}

const placeOf = (hit: Hit): FoundPlace => ({
  createdAt: hit.created_at.toISOString(),
  sessionId: hit.session_id,
  seq: hit.seq,
})

function newestFirst(a: FoundPlace, b: FoundPlace): number {
  if (a.createdAt !== b.createdAt) return a.createdAt > b.createdAt ? -1 : 1
  if (a.sessionId !== b.sessionId) return a.sessionId > b.sessionId ? -1 : 1
  return b.seq - a.seq
}

const FOUND = 'search_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)'

const ALL = `
  SELECT m.id, f.* FROM ${FOUND} f JOIN messages m ON m.session_id = f.session_id AND m.seq = f.seq`

/** Of what is found, how much it is, and a page. */
const PAGE = `
  WITH found AS MATERIALIZED (
    SELECT * FROM ${FOUND} WITH ORDINALITY AS f(session_id, seq, created_at, place)
  )
  SELECT (SELECT count(*) FROM found)::int AS total, ARRAY(
    SELECT m.id FROM found f JOIN messages m ON m.session_id = f.session_id AND m.seq = f.seq
    WHERE f.place > $11 AND f.place <= $11 + $12 ORDER BY f.place
  ) AS ids`

// Of another's sessions, staff see what they both do; support sessions are everyone's on the staff (I5).
const SCOPE = `
  SELECT coalesce(json_object_agg(s.id, o.after), '{}')::text AS seen,
    coalesce(sum(s.last_seq - o.after), 0)::float8 AS visible,
    coalesce(json_agg(json_build_object('session', s.id, 'change', coalesce(g.change, 0)))
      FILTER (WHERE s.last_change > coalesce(g.change, 0)), '[]') AS behind
  FROM participants p
  JOIN sessions s ON s.id = p.session_id
  LEFT JOIN search_progress g ON g.session_id = p.session_id
  LEFT JOIN participants k ON k.session_id = p.session_id AND k.user_id = $4 AND k.left_change IS NULL AND s.type <> 'support'
  CROSS JOIN LATERAL (SELECT greatest(p.joined_seq, k.joined_seq) AS after) o
  WHERE p.site_id = $1 AND p.user_id = $2 AND p.left_change IS NULL AND ($3::text IS NULL OR p.session_id = $3)
    AND ($4 IS NULL OR s.type = 'support' OR k.user_id IS NOT NULL)`

const WAITING = `
  SELECT m.id, m.session_id, m.seq, m.created_at, m.text
  FROM unnest($1::text[], $2::int[]) AS b(session, change)
  CROSS JOIN LATERAL (
    SELECT * FROM messages m
    WHERE m.session_id = b.session AND m.change > b.change
      AND (m.created_change > b.change
        OR NOT EXISTS (SELECT FROM message_search s WHERE s.session_id = m.session_id AND s.seq = m.seq))
      AND m.seq > ($3::jsonb ->> b.session)::int
      AND m.recalled_at IS NULL
      AND m.created_at <= coalesce($5::timestamptz, 'infinity')
    ORDER BY m.change DESC LIMIT $4
  ) m
  ORDER BY m.created_at DESC, m.session_id COLLATE "C" DESC, m.seq DESC LIMIT $4`
