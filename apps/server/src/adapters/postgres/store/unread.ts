import { Prisma } from '../../../generated/prisma/client.ts'

/**
 * What the participant `p` has not read in the session `s` (M29). A participant has read what is before its own messages
 * (M12), so all after its mark are by others, but for tombstones, of which there are few. Only where somebody has written
 * who took no part then must they be counted.
 */
export const UNREAD = Prisma.sql`
  CASE
    WHEN s.has_outsiders THEN (
      SELECT count(*)::int FROM messages m
      WHERE m.session_id = s.id AND m.seq > p.read_seq AND m.sender_id <> p.user_id AND m.recalled_at IS NULL)
    ELSE s.last_seq - p.read_seq - (
      SELECT count(*)::int FROM messages m
      WHERE m.session_id = s.id AND m.seq > p.read_seq AND m.recalled_at IS NOT NULL)
  END`
