import type pg from 'pg'

/** What must hold at every look, in one snapshot; each query answers with what breaks it. */
const ALWAYS = {
  '[A1] an operator over its limit, or with another load than its sessions': `
    SELECT o.user_id, o.load, o.max_users, count(s.id)::int AS held FROM operators o
    LEFT JOIN sessions s ON s.operator_id = o.user_id AND s.status = 'active' AND s.type = 'support'
    GROUP BY o.user_id, o.load, o.max_users HAVING o.load > o.max_users OR o.load <> count(s.id)`,
  '[S2] two open sessions of one person': `
    SELECT user_id FROM sessions WHERE type = 'support' AND status <> 'ended' GROUP BY user_id HAVING count(*) > 1`,
  '[A2] an active session without an operator, or a waiting one with one': `
    SELECT id FROM sessions WHERE type = 'support' AND status <> 'ended' AND (status = 'active') = (operator_id IS NULL)`,
  '[A3] somebody who waits while an operator who may take them has room': `
    SELECT s.id, o.user_id FROM sessions s JOIN operators o ON o.site_id = s.site_id
    WHERE s.status = 'waiting' AND o.status = 'online' AND o.is_active AND o.load < o.max_users
      AND o.user_id <> s.user_id AND o.user_id IS DISTINCT FROM s.avoid_operator_id`,
}

/** What must hold once all has ended. */
const IN_THE_END = {
  '[M1] a session whose seqs are not 1 to its last': `
    SELECT s.id, s.last_seq, count(m.id) FROM sessions s LEFT JOIN messages m ON m.session_id = s.id
    GROUP BY s.id HAVING count(m.id) <> s.last_seq OR coalesce(max(m.seq), 0) <> s.last_seq`,
  '[S10] a session whose changes are not 1 to its last': `
    SELECT s.id, s.last_change, count(c.change) FROM sessions s LEFT JOIN (
      SELECT session_id, created_change AS change FROM messages
      UNION ALL SELECT session_id, change FROM session_changes) c ON c.session_id = s.id
    GROUP BY s.id
    HAVING count(DISTINCT c.change) <> s.last_change OR count(c.change) <> s.last_change
      OR coalesce(max(c.change), 0) <> s.last_change`,
  '[S6] an active session whose operator or customer takes no part': `
    SELECT s.id FROM sessions s WHERE s.type = 'support' AND s.status = 'active' AND (
      SELECT count(*) FROM participants p WHERE p.session_id = s.id AND p.left_change IS NULL
        AND p.user_id IN (s.user_id, s.operator_id)) <> 2`,
  'ended sessions that are not what was added up': `
    SELECT counted.*, added.* FROM (
      SELECT count(*)::numeric AS ended, coalesce(sum(last_seq), 0)::numeric AS messages, count(assigned_at)::numeric AS served,
        coalesce(round(sum(1000 * extract(epoch FROM assigned_at - created_at))), 0) AS waited_ms,
        coalesce(round(sum(1000 * extract(epoch FROM ended_at - assigned_at))), 0) AS served_ms
      FROM sessions WHERE status = 'ended') counted,
    (SELECT coalesce(sum(t.ended), 0) AS ended, coalesce(sum(t.messages), 0) AS messages,
        coalesce(sum(t.served), 0) AS served, coalesce(sum(t.waited_ms), 0) AS waited_ms,
        coalesce(sum(t.served_ms), 0) AS served_ms
      FROM desk_totals t) added
    WHERE counted::text <> added::text`,
  'participants whose counters are not what is counted': `
    SELECT p.session_id, p.user_id, p.sent_count - p.sent_before AS sent, count(m.id) AS counted
    FROM participants p JOIN sessions s ON s.id = p.session_id AND NOT s.has_outsiders
    LEFT JOIN messages m ON m.session_id = p.session_id AND m.sender_id = p.user_id AND m.seq > p.joined_seq
    WHERE p.left_change IS NULL GROUP BY p.session_id, p.user_id HAVING p.sent_count - p.sent_before <> count(m.id)`,
  '[M12] somebody who has not read its own message': `
    SELECT m.id, p.user_id FROM participants p JOIN sessions s ON s.id = p.session_id AND NOT s.has_outsiders
    JOIN messages m ON m.session_id = p.session_id AND m.sender_id = p.user_id AND m.seq > p.read_seq
    WHERE p.left_change IS NULL`,
  '[G6] a group whose owner takes no part, or with two': `
    SELECT s.id, s.owner_id FROM sessions s WHERE s.type = 'group' AND (
      s.owner_id IS NOT NULL AND NOT EXISTS (SELECT FROM participants p
        WHERE p.session_id = s.id AND p.user_id = s.owner_id AND p.left_change IS NULL AND p.role = 'owner')
      OR (SELECT count(*) FROM participants p
        WHERE p.session_id = s.id AND p.left_change IS NULL AND p.role = 'owner') > 1)`,
  '[A8] two operators’ last assignments at one time': `
    SELECT last_assigned_at FROM operators WHERE last_assigned_at IS NOT NULL GROUP BY 1 HAVING count(*) > 1`,
}

type Broken = Record<string, unknown[]>

export const brokenAlways = (pool: pg.Pool): Promise<Broken> => broken(pool, ALWAYS)
export const brokenInTheEnd = (pool: pg.Pool): Promise<Broken> => broken(pool, { ...ALWAYS, ...IN_THE_END })

async function broken(pool: pg.Pool, queries: Readonly<Record<string, string>>): Promise<Broken> {
  const parts = Object.entries(queries).map(([, sql], n) => `(SELECT json_agg(q) FROM (${sql}) q) AS q${n}`)
  const { rows } = await pool.query<Record<string, unknown[] | null>>(`SELECT ${parts.join(', ')}`)
  const found = Object.keys(queries).map((name, n) => [name, rows[0]?.[`q${n}`] ?? []] as const)
  return Object.fromEntries(found.filter(([, cases]) => cases.length > 0))
}

/**
 * [A4][A5] Pairs in which the later one was given an operator by the queue while the earlier one still waited. Those that
 * somebody has assigned by hand may overtake; those of one turn bear one time.
 */
export async function overtaken(pool: pg.Pool, byHand: readonly string[]): Promise<unknown[]> {
  const { rows } = await pool.query<object>(
    `SELECT early.id AS early, late.id AS late FROM sessions early
     JOIN sessions late ON late.queue_no > early.queue_no AND late.assigned_at IS NOT NULL
     WHERE late.id <> ALL ($1)
       AND coalesce(early.assigned_at, early.ended_at, 'infinity') > late.assigned_at`,
    [byHand],
  )
  return rows
}
