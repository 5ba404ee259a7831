import type pg from 'pg'
import { siteId } from './site.ts'

/** A desk that has been busy for months: 100,000 support sessions, 300,000 messages, 500 people waiting. */
const STATEMENTS = [
  `INSERT INTO users (site_id, id, role, real_name)
   SELECT $1, 'user' || n, 'user', 'User ' || n FROM generate_series(1, 30000) n`,
  `INSERT INTO users (site_id, id, role, real_name)
   SELECT $1, 'operator' || n, 'operator', 'Operator ' || n FROM generate_series(0, 19) n`,
  `INSERT INTO operators (site_id, user_id, name, max_users, status)
   SELECT $1, 'operator' || n, 'Operator ' || n, 10, 'online' FROM generate_series(0, 19) n`,
  // 99,300 have ended, 500 wait, 200 are active (ten an operator). user1 has come back again and again.
  `INSERT INTO sessions (id, site_id, type, status, user_id, operator_id, queue_no, created_at, waiting_since,
     assigned_at, ended_at, last_seq, last_change, last_message_at)
   SELECT 's' || n, $1, 'support', state.status::session_status,
     CASE WHEN n <= 5000 THEN 'user1' ELSE 'user' || (n % 29000 + 2 + (CASE WHEN n > 99300 THEN 500 ELSE 0 END)) END,
     CASE WHEN state.status <> 'waiting' THEN 'operator' || (n % 20) END, n, at, at,
     CASE WHEN state.status <> 'waiting' THEN at + interval '30 seconds' END,
     CASE WHEN state.status = 'ended' THEN at + interval '10 minutes' END, 3, 3, at + interval '5 minutes'
   FROM generate_series(1, 100000) n
   CROSS JOIN LATERAL (SELECT now() - (100000 - n) * interval '1 minute' AS at,
     CASE WHEN n <= 99300 THEN 'ended' WHEN n <= 99800 THEN 'waiting' ELSE 'active' END AS status) state`,
  `INSERT INTO participants (session_id, user_id, site_id, role, read_seq)
   SELECT id, user_id, $1, 'visitor'::participant_role, 3 FROM sessions
   UNION ALL SELECT id, operator_id, $1, 'operator', 3 FROM sessions WHERE operator_id IS NOT NULL`,
  `INSERT INTO messages (id, site_id, session_id, seq, change, created_change, client_message_id, sender_id, sender_type, text)
   SELECT s.id || ' m' || n, $1, s.id, n, n, n, s.id || ' ' || n, s.user_id, 'user', 'message ' || n
   FROM sessions s CROSS JOIN generate_series(1, 3) n`,
  // One has gone on for 20,000 messages.
  `INSERT INTO messages (id, site_id, session_id, seq, change, created_change, sender_id, sender_type, text)
   SELECT 'long m' || n, $1, 's99900', n, n, n, 'user1', 'user', 'message ' || n FROM generate_series(4, 20000) n`,
  `UPDATE sessions SET last_seq = 20000, last_change = 20000 WHERE id = 's99900' AND site_id = $1`,
  `INSERT INTO session_changes (session_id, change, kind, data)
   SELECT id, 4, 'ended', '{}' FROM sessions WHERE status = 'ended' AND site_id = $1`,
  `INSERT INTO read_marks (session_id, user_id, seq)
   SELECT id, operator_id, 3 FROM sessions WHERE operator_id IS NOT NULL AND site_id = $1`,
  // 20,000 friends write to each other by twos, and staff and users talk in groups of 100, where something was recalled.
  `INSERT INTO sessions (id, site_id, type, status, pair_key, bond, created_at, last_seq, last_change, last_message_at)
   SELECT 'p' || n, $1, 'private', 'active', 'user' || n || '/user' || n + 10000, 'friends', now(), 5, 5, now()
   FROM generate_series(1, 10000) n`,
  `INSERT INTO sessions (id, site_id, type, status, name, owner_id, created_at, last_seq, last_change, last_message_at)
   SELECT 'g' || n, $1, 'group', 'active', 'Group ' || n, 'user' || n, now(), 5, 5, now() FROM generate_series(1, 100) n`,
  `INSERT INTO participants (session_id, user_id, site_id, role, read_seq, sent_count, joined_at)
   SELECT 'p' || n, 'user' || n + side, $1, 'member'::participant_role, side / 10000 * 5, 5 - side / 2000,
     now() - interval '1 day'
   FROM generate_series(1, 10000) n, unnest(ARRAY[0, 10000]) side
   UNION ALL
   SELECT 'g' || g, 'user' || n, $1, 'member', 2, 0, now() - interval '1 day'
   FROM generate_series(1, 100) g, generate_series(g, g + 99) n`,
  `INSERT INTO messages (id, site_id, session_id, seq, change, created_change, sender_id, sender_type, text, recalled_at)
   SELECT s.id || ' m' || n, $1, s.id, n, n, n, coalesce(s.owner_id, split_part(s.pair_key, '/', 1)), 'user', 'hi ' || n,
     CASE WHEN n = 4 AND s.type = 'group' THEN now() END
   FROM sessions s CROSS JOIN generate_series(1, 5) n WHERE s.type <> 'support'`,
  `INSERT INTO friendships (site_id, user_id, friend_id)
   SELECT $1, 'user' || n, 'user' || n + 10000 FROM generate_series(1, 10000) n
   UNION ALL SELECT $1, 'user' || n + 10000, 'user' || n FROM generate_series(1, 10000) n`,
  `INSERT INTO friend_requests (site_id, from_id, to_id, id)
   SELECT $1, 'user' || n, 'user' || n + 1, 'r' || n FROM generate_series(1, 20000) n`,
  `INSERT INTO reactions (message_id, user_id, emoji, change)
   SELECT id || ' m3', 'user' || n, '👍', 5 FROM sessions, generate_series(1, 100) n
   WHERE site_id = $1 AND type = 'group'`,
  `INSERT INTO jobs (id, site_id, kind, key, run_at)
   SELECT 'job' || n, $1, 'session.abandon', 's' || n, now() + interval '1 hour' FROM generate_series(1, 20000) n`,
] as const

export async function fillLargeSite(pool: pg.Pool): Promise<void> {
  for (const statement of STATEMENTS) await pool.query(statement, [siteId])
  await pool.query('ANALYZE')
}
