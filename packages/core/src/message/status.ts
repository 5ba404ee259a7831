import type { MessageStatus, Session } from '@parley/contracts'
import type { Part } from '../ports/store/session-store.ts'

/** How far a person of a session is. */
export interface Progress {
  readonly userId: string
  readonly role: Part['role']
  readonly left: boolean
  readonly visibleAfterSeq: number
  readonly deliveredSeq: number
  readonly readSeq: number
}

type Side = Pick<Progress, 'deliveredSeq' | 'readSeq'>

/** What of a message decides who must have got it. */
export interface Sent {
  readonly seq: number
  readonly senderId: string
  readonly senderType: 'user' | 'operator' | 'system'
}

/** The others of a message, each with how far it is; a support session's operators are one (M14). */
function otherSides(type: Session['type'], parts: readonly Progress[], message: Sent): Side[] {
  const others = parts.filter(
    part => !part.left && part.userId !== message.senderId && part.visibleAfterSeq < message.seq,
  )
  if (type !== 'support') return others
  const customers = others.filter(({ role }) => role === 'visitor')
  return message.senderType === 'operator' ? customers : [...customers, ...operatorSide(parts)]
}

/** The operators of a support session, those who left included: the next goes on where they were (M15). */
export function operatorSide(parts: readonly Progress[]): Side[] {
  const operators = parts.filter(({ role }) => role === 'operator')
  if (operators.length === 0) return []
  return [
    {
      deliveredSeq: Math.max(...operators.map(({ deliveredSeq }) => deliveredSeq)),
      readSeq: Math.max(...operators.map(({ readSeq }) => readSeq)),
    },
  ]
}

/** The least that holds for all the others (M14). */
export function statusOf(type: Session['type'], parts: readonly Progress[], message: Sent): MessageStatus {
  const others = otherSides(type, parts, message)
  if (others.length === 0) return 'sent'
  if (others.every(({ readSeq }) => readSeq >= message.seq)) return 'read'
  return others.every(({ deliveredSeq }) => deliveredSeq >= message.seq) ? 'delivered' : 'sent'
}
