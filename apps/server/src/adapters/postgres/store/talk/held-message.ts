import type { Message } from '../../../../generated/prisma/client.ts'
import { type HeldSession, holdSession, type Step } from './step.ts'

export interface HeldMessage {
  readonly message: Message
  readonly session: HeldSession
  /** Does the person take part, and see it (M18)? */
  readonly isSeen: boolean
}

/** A message as it stands once its session is held; null: there is none. */
export async function holdMessage(
  step: Step,
  messageId: string,
  userId: string | null,
): Promise<HeldMessage | null> {
  const { tx, siteId } = step
  const where = { id: messageId, siteId }
  const found = await tx.message.findFirst({ where, select: { sessionId: true } })
  const session = found && (await holdSession(step, found.sessionId))
  const message = session && (await tx.message.findFirst({ where }))
  if (!session || !message) return null
  return { message, session, isSeen: userId !== null && (await sees(step, message, userId)) }
}

async function sees({ tx }: Step, { sessionId, seq }: Message, userId: string): Promise<boolean> {
  const part = await tx.participant.findFirst({
    where: { sessionId, userId, leftChange: null, joinedSeq: { lt: seq } },
    select: { userId: true },
  })
  return part !== null
}
