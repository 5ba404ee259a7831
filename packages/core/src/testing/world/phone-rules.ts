import { presentPart, type SessionRow } from '../memory-store/state.ts'
import type { Phone } from './phone.ts'
import type { Stage } from './stage.ts'
import { Violation } from './violation.ts'

/** Who comes in has received what was there before. */
const atJoining = ({ messages }: SessionRow, joinedChange: number): number =>
  messages.filter(({ createdChange }) => createdChange < joinedChange).length

/** A phone that is here has been given all that others wrote since its person came in, and its person is marked so. */
export function checkPhones({ store, phones }: Stage): void {
  for (const phone of phones)
    for (const session of phone.isHere() ? store.rows.sessions.values() : []) checkPhone(phone, session)
}

function checkPhone({ userId, kept, isMute }: Phone, session: SessionRow): void {
  const part = presentPart(session, userId)
  if (!part) return
  const { id, messages, lastSeq } = session
  const had = atJoining(session, part.joinedChange)
  if (isMute) {
    if (part.deliveredSeq !== had)
      throw new Violation('P8', `${userId} has never answered and is marked to ${part.deliveredSeq} of ${id}`)
    return
  }
  const missed = messages.find(message => message.seq > had && kept.get(id)?.get(message.seq) !== message.id)
  if (missed) throw new Violation('D19', `${userId} has not been given message ${missed.seq} of ${id}`)
  if (part.deliveredSeq < lastSeq)
    throw new Violation('P8', `${userId} has ${lastSeq} messages of ${id}, marked to ${part.deliveredSeq}`)
}
