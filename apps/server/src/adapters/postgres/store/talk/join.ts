import type { HeldSession, Step } from './step.ts'

type Into = Pick<HeldSession, 'id' | 'showsHistory' | 'lastSeq' | 'now'>

/**
 * People come into a private session or group, or back: last in the order of joining, with all of before behind them (G7).
 * `change`: by which they come.
 */
export async function join(
  { tx, siteId }: Step,
  { id, showsHistory, lastSeq, now }: Into,
  change: number,
  comers: readonly { readonly userId: string; readonly role: 'owner' | 'member' }[],
): Promise<void> {
  const rows = comers.map((comer, place) => ({ ...comer, place }))
  await tx.$executeRaw`
    INSERT INTO participants AS p
      (session_id, user_id, site_id, role, joined_change, place, joined_seq, delivered_seq, read_seq, joined_at)
    SELECT ${id}, r."userId", ${siteId}, r.role::participant_role, ${change}, r.place,
      CASE WHEN ${showsHistory} THEN 0 ELSE ${lastSeq} END, ${lastSeq}, ${lastSeq}, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("userId" text, role text, place integer)
    ORDER BY r."userId"
    ON CONFLICT (session_id, user_id) DO UPDATE
    SET role = excluded.role, joined_change = excluded.joined_change, place = excluded.place,
      joined_seq = excluded.joined_seq, delivered_seq = excluded.delivered_seq, read_seq = excluded.read_seq,
      joined_at = excluded.joined_at, left_change = NULL, left_at = NULL,
      sent_before = CASE WHEN ${showsHistory} THEN 0 ELSE p.sent_count END`
}
