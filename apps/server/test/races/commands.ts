import { randomUUID } from 'node:crypto'
import type { AppendRequest, TurnCommand } from '@parley/core'

export const startOf = (userId: string): TurnCommand => ({
  kind: 'start',
  actor: { kind: 'person', id: userId, actingFor: null },
  requestId: null,
  sessionId: randomUUID(),
  userId,
  userType: 'visitor',
  userName: null,
  locale: null,
  timeZone: null,
  subject: null,
  metadata: null,
  strategy: null,
  operatorId: null,
})

export const messageTo = (
  sessionId: string,
  senderId: string,
  clientMessageId: string | null,
): AppendRequest => ({
  id: randomUUID(),
  sessionId,
  senderId,
  senderType: 'user',
  mustTakePart: true,
  anyone: false,
  clientMessageId,
  receiverId: null,
  text: 'hello',
  type: 'text',
  file: null,
  replyTo: null,
  forwardedFrom: null,
})
