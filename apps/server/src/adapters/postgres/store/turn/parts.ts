import type { TurnWrites } from '@parley/core'
import type { TurnWriter } from './turn-writer.ts'

/**
 * People who join or leave. An operator goes on where those before it were (M15): its marks are the furthest of any
 * operator of the session, present or gone.
 */
export async function setParts(
  { tx, siteId, now }: TurnWriter,
  parts: TurnWrites['participants'],
): Promise<void> {
  if (parts.length === 0) return
  await tx.$executeRaw`
    INSERT INTO participants AS p
      (session_id, user_id, site_id, role, joined_change, left_change, delivered_seq, read_seq, joined_at, left_at)
    SELECT r."sessionId", r."userId", ${siteId}, r.role::participant_role, r.change,
      CASE WHEN r.joined THEN NULL ELSE r.change END, coalesce(m.delivered, 0), coalesce(m.read, 0), ${now},
      CASE WHEN r.joined THEN NULL ELSE ${now}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) AS r("sessionId" text, "userId" text, role text,
      joined boolean, change integer)
    LEFT JOIN LATERAL (
      SELECT max(o.delivered_seq) AS delivered, max(o.read_seq) AS read FROM participants o
      WHERE o.session_id = r."sessionId" AND o.role = 'operator' AND r.role = 'operator' AND r.joined
    ) m ON true
    ORDER BY r."sessionId", r."userId"
    ON CONFLICT (session_id, user_id) DO UPDATE
    SET left_change = excluded.left_change, left_at = excluded.left_at,
      joined_change = CASE WHEN p.left_change IS NOT NULL AND excluded.left_change IS NULL
        THEN excluded.joined_change ELSE p.joined_change END,
      joined_at = CASE WHEN p.left_change IS NOT NULL AND excluded.left_change IS NULL
        THEN excluded.joined_at ELSE p.joined_at END,
      delivered_seq = greatest(p.delivered_seq, excluded.delivered_seq),
      read_seq = greatest(p.read_seq, excluded.read_seq)`
}
