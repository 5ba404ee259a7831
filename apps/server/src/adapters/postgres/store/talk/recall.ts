import type { Message } from '@parley/contracts'
import type { RecallRequest, RecallResult } from '@parley/core'
import { holdMessage } from './held-message.ts'
import { addChange, keepDeed, type Step } from './step.ts'

type Refused = Extract<RecallResult, { kind: 'refused' }>
export type Recalled = Refused | { readonly kind: 'recalled'; readonly change: number | null }

const refused = (code: Refused['code']) => ({ kind: 'refused', code }) as const

export async function recall(step: Step, request: RecallRequest): Promise<Recalled> {
  const { messageId, senderId, withinMs, byId, audit } = request
  const held = await holdMessage(step, messageId, senderId)
  if (!held || (senderId !== null && !held.isSeen)) return refused('not_found')
  const { message, session } = held
  if (senderId !== null && message.senderId !== senderId) return refused('forbidden')
  if (message.recalledAt !== null) return { kind: 'recalled', change: null }
  const age = session.now.getTime() - message.createdAt.getTime()
  if (withinMs !== null && age >= withinMs) return refused('recall_window_passed')
  const what = { kind: 'recalled', messageId, seq: message.seq, byId } as const
  const change = await addChange(step, session, byId, what)
  await empty(step, messageId, change, session.now)
  const told = { action: 'message.delete', sessionId: session.id, data: { messageId } }
  await keepDeed(step, audit, { ...told, at: session.now })
  return { kind: 'recalled', change }
}

async function empty({ tx }: Step, id: Message['id'], change: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE messages SET text = '', file = NULL, recalled_at = ${now}, updated_at = ${now}, change = ${change}
    WHERE id = ${id}`
  await tx.reaction.deleteMany({ where: { messageId: id } })
}
