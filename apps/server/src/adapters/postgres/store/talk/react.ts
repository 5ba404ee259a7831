import { REACTIONS_MAX } from '@parley/contracts'
import type { ReactRequest, ReactResult } from '@parley/core'
import { reactionsOf } from '../reactions.ts'
import { type HeldMessage, holdMessage } from './held-message.ts'
import { addChange, type Step } from './step.ts'

type Refused = Extract<ReactResult, { kind: 'refused' }>
export type Reacted = Refused | { readonly kind: 'reacted'; readonly added: boolean }

const refused = (code: Refused['code']) => ({ kind: 'refused', code }) as const

export async function react(step: Step, { messageId, userId, emoji }: ReactRequest): Promise<Reacted> {
  const held = await holdMessage(step, messageId, userId)
  if (!held?.isSeen) return refused('not_found')
  const { message, session } = held
  if (session.status === 'ended') return refused('session_ended')
  if (message.recalledAt !== null) return refused('conflict')
  const before = (await reactionsOf(step.tx, [messageId])).get(messageId) ?? {}
  const isNew = before[emoji] === undefined
  if (isNew && Object.keys(before).length >= REACTIONS_MAX) return refused('conflict')
  const added = !before[emoji]?.includes(userId)
  const change = session.lastChange + 1
  const key = { messageId, userId, emoji }
  if (added) await step.tx.reaction.create({ data: { ...key, change } })
  else await step.tx.reaction.delete({ where: { messageId_userId_emoji: key } })
  const touched = { change, updatedAt: session.now }
  await step.tx.message.update({ where: { id: messageId }, data: touched, select: { id: true } })
  await keepReaction(step, held, { userId, emoji, added })
  return { kind: 'reacted', added }
}

/** What stands on the message now is not kept with each change of it: it is read with the change. */
async function keepReaction(
  step: Step,
  { message, session }: HeldMessage,
  what: { readonly userId: string; readonly emoji: string; readonly added: boolean },
): Promise<void> {
  const told = { messageId: message.id, seq: message.seq, ...what, reactions: {} }
  await addChange(step, session, what.userId, { kind: 'reacted', ...told })
}
