import type { TurnWrites } from '@parley/core'
import type { TurnWriter } from './turn-writer.ts'

/** The visitor's part in the session, its marks and its messages become the user's (I7, I9). */
export async function handOver(
  { tx, siteId, now }: TurnWriter,
  { sessionId, visitorId, userId, name, change }: TurnWrites['identified'][number],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE sessions SET user_id = ${userId}, user_name = coalesce(${name}, user_name), user_type = 'user',
      has_outsiders = has_outsiders OR EXISTS (
        SELECT FROM participants WHERE session_id = ${sessionId} AND user_id = ${userId})
    WHERE id = ${sessionId}`
  await tx.$executeRaw`
    UPDATE participants SET left_change = ${change}, left_at = ${now}
    WHERE session_id = ${sessionId} AND user_id = ${visitorId}`
  await tx.$executeRaw`
    INSERT INTO participants AS p (session_id, user_id, site_id, role, joined_change, joined_seq, delivered_seq, read_seq,
      sent_count, sent_before, joined_at)
    SELECT session_id, ${userId}, site_id, role, ${change}, joined_seq, delivered_seq, read_seq, sent_count, sent_before, ${now}
    FROM participants WHERE session_id = ${sessionId} AND user_id = ${visitorId}
    ON CONFLICT (session_id, user_id) DO UPDATE
    SET left_change = NULL, left_at = NULL, joined_change = excluded.joined_change, joined_at = excluded.joined_at,
      delivered_seq = greatest(p.delivered_seq, excluded.delivered_seq), read_seq = greatest(p.read_seq, excluded.read_seq)`
  await tx.$executeRaw`
    UPDATE read_marks SET user_id = ${userId} WHERE session_id = ${sessionId} AND user_id = ${visitorId}`
  // A client message id that the user has used for another message is dropped: it would stand twice.
  await tx.$executeRaw`
    UPDATE messages m
    SET sender_id = ${userId}, change = ${change}, client_message_id = CASE WHEN EXISTS (
      SELECT 1 FROM messages o WHERE o.site_id = ${siteId} AND o.sender_id = ${userId}
        AND o.client_message_id = m.client_message_id) THEN NULL ELSE m.client_message_id END
    WHERE m.session_id = ${sessionId} AND m.sender_id = ${visitorId}`
}
