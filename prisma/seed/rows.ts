import type { Prisma } from '../../apps/server/src/generated/prisma/client.ts'
import type { Conversation } from './conversations.ts'
import { readSeqOf, type TimedStep, timelineOf } from './timeline.ts'

export interface ConversationRows {
  readonly user: Prisma.UserCreateManyInput
  readonly session: Prisma.SessionCreateManyInput
  readonly messages: readonly Prisma.MessageCreateManyInput[]
  readonly changes: readonly Prisma.SessionChangeCreateManyInput[]
  readonly participants: readonly Prisma.ParticipantCreateManyInput[]
  readonly readMarks: readonly Prisma.ReadMarkCreateManyInput[]
}

type Side = 'visitor' | 'operator'

/** The rows that a conversation would have left. `queueNo` is for one that waits. */
export function rowsOf(
  conversation: Conversation,
  around: { readonly siteId: string; readonly now: number; readonly queueNo: bigint | null },
): ConversationRows {
  const steps = timelineOf(conversation, around.now)
  const context = { conversation, steps, ...around }
  return {
    user: userOf(context),
    session: sessionOf(context),
    messages: messagesOf(context),
    changes: changesOf(context),
    participants: participantsOf(context),
    readMarks: readMarksOf(context),
  }
}

interface Context {
  readonly conversation: Conversation
  readonly steps: readonly TimedStep[]
  readonly siteId: string
  readonly now: number
  readonly queueNo: bigint | null
}

const visitorId = ({ key }: Conversation) => `${key}-visitor`
const startOf = ({ conversation, now }: Context) => new Date(now - conversation.startedAgo * 60_000)
const idOf = (conversation: Conversation, side: Side): string =>
  side === 'operator' && conversation.operatorId !== null ? conversation.operatorId : visitorId(conversation)
const stepOf = (steps: readonly TimedStep[], kind: TimedStep['kind']) =>
  steps.find(step => step.kind === kind) ?? null
const lastMessage = (steps: readonly TimedStep[]) => steps.findLast(step => step.kind === 'message') ?? null

function userOf(context: Context): Prisma.UserCreateManyInput {
  const { conversation, siteId, steps } = context
  const { name, locale, timeZone } = conversation.visitor
  const seenAt = steps.at(-1)?.at ?? startOf(context)
  return {
    siteId,
    id: visitorId(conversation),
    role: 'visitor',
    realName: name,
    locale,
    timeZone,
    lastSeenAt: seenAt,
    createdAt: startOf(context),
  }
}

function sessionOf(context: Context): Prisma.SessionCreateManyInput {
  const { conversation, siteId, steps, queueNo } = context
  const last = lastMessage(steps)
  const ended = stepOf(steps, 'ended')
  return {
    id: conversation.key,
    siteId,
    type: 'support',
    subject: conversation.subject,
    metadata: { page: conversation.page },
    userId: visitorId(conversation),
    userName: conversation.visitor.name,
    userType: 'visitor',
    operatorId: conversation.operatorId,
    status: ended ? 'ended' : conversation.operatorId ? 'active' : 'waiting',
    queueNo,
    waitingSince: startOf(context),
    assignedAt: stepOf(steps, 'assigned')?.at ?? null,
    endedAt: ended?.at ?? null,
    endedBy: conversation.end && idOf(conversation, conversation.end.by),
    endReason: conversation.end?.reason ?? null,
    lastSeq: last?.kind === 'message' ? last.seq : 0,
    lastChange: steps.length,
    lastMessageAt: last?.at ?? null,
    createdAt: startOf(context),
    updatedAt: steps.at(-1)?.at ?? startOf(context),
  }
}

const messagesOf = ({ conversation, siteId, steps }: Context): Prisma.MessageCreateManyInput[] =>
  steps.flatMap(step =>
    step.kind === 'message'
      ? [
          {
            id: `${conversation.key}-${step.seq}`,
            siteId,
            sessionId: conversation.key,
            seq: step.seq,
            change: step.change,
            createdChange: step.change,
            senderId: idOf(conversation, step.by),
            senderType: step.by === 'operator' ? ('operator' as const) : ('user' as const),
            text: step.text,
            createdAt: step.at,
            updatedAt: step.at,
          },
        ]
      : [],
  )

function changesOf({ conversation, steps }: Context): Prisma.SessionChangeCreateManyInput[] {
  const { key: sessionId, operatorId, end } = conversation
  return steps.flatMap((step): Prisma.SessionChangeCreateManyInput[] => {
    const row = { sessionId, change: step.change, kind: step.kind, at: step.at }
    if (step.kind === 'assigned') return [{ ...row, data: { operatorId, previousOperatorId: null } }]
    if (step.kind !== 'ended' || end === null) return []
    const endedBy = idOf(conversation, end.by)
    return [{ ...row, actorId: endedBy, data: { endedBy, reason: end.reason } }]
  })
}

const sidesOf = ({ operatorId }: Conversation): readonly Side[] =>
  operatorId === null ? ['visitor'] : ['visitor', 'operator']

const participantsOf = (context: Context): Prisma.ParticipantCreateManyInput[] => {
  const { conversation, siteId, steps } = context
  const assigned = stepOf(steps, 'assigned')
  const last = lastMessage(steps)
  return sidesOf(conversation).map(side => ({
    sessionId: conversation.key,
    userId: idOf(conversation, side),
    siteId,
    role: side,
    joinedChange: side === 'operator' ? (assigned?.change ?? 0) : 0,
    deliveredSeq: last?.kind === 'message' ? last.seq : 0,
    readSeq: readSeqOf(side, steps, conversation.end !== null),
    joinedAt: side === 'operator' ? (assigned?.at ?? startOf(context)) : startOf(context),
  }))
}

/** Each word says that what stands before it was read; the end, that all was. */
function readMarksOf({ conversation, steps }: Context): Prisma.ReadMarkCreateManyInput[] {
  const mark = (side: Side, seq: number, at: Date) => ({
    sessionId: conversation.key,
    userId: idOf(conversation, side),
    seq,
    at,
  })
  const words = steps.flatMap(step => (step.kind === 'message' ? [mark(step.by, step.seq, step.at)] : []))
  const last = words.at(-1)
  const ended = stepOf(steps, 'ended')
  if (!last || !ended) return words
  const other: Side = last.userId === visitorId(conversation) ? 'operator' : 'visitor'
  return [...words, mark(other, last.seq, ended.at)]
}
