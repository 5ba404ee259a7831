import type { Message } from '@parley/contracts'
import type { MessageRange, MessageStore, SessionChange, StoredChange } from '@parley/core'
import type { PrismaClient, SessionChange as SessionChangeRow } from '../../../generated/prisma/client.ts'
import { type SignUrl, toMessages } from './message-entity.ts'
import { reactionsOf } from './reactions.ts'

type Reads = Pick<MessageStore, 'messages' | 'message' | 'hasSent' | 'messagesChangedSince' | 'changesSince'>

export function messageReads(prisma: PrismaClient, siteId: string, sign: SignUrl): Reads {
  return {
    async messages(sessionId, range, visibleAfterSeq) {
      const session = await prisma.session.findFirst({
        where: { id: sessionId, siteId },
        select: { lastSeq: true },
      })
      if (!session) return { items: [], total: 0 }
      const { lastSeq } = session
      const [first, last] = stretch(range, visibleAfterSeq, lastSeq)
      const rows =
        first > last
          ? []
          : await prisma.message.findMany({
              where: { sessionId, seq: { gte: first, lte: last } },
              orderBy: { seq: 'asc' },
            })
      return { items: await toMessages(prisma, rows, sign), total: Math.max(0, lastSeq - visibleAfterSeq) }
    },

    async message(messageId) {
      const row = await prisma.message.findFirst({ where: { id: messageId, siteId } })
      const [message] = row ? await toMessages(prisma, [row], sign) : []
      return message ?? null
    },

    async hasSent(senderId, clientMessageId) {
      const found = await prisma.message.findUnique({
        where: { siteId_senderId_clientMessageId: { siteId, senderId, clientMessageId } },
        select: { id: true },
      })
      return found !== null
    },

    async messagesChangedSince(sessionId, change, visibleAfterSeq, limit) {
      const where = { sessionId, siteId, seq: { gt: visibleAfterSeq } }
      const rows = await prisma.message.findMany({
        where: { ...where, change: { gt: change } },
        orderBy: [{ change: 'asc' }, { seq: 'asc' }],
        take: limit,
      })
      const last = rows.length === limit ? rows.at(-1) : undefined
      if (!last) return toMessages(prisma, rows, sign)
      const others = await prisma.message.findMany({
        where: { ...where, change: last.change, AND: { seq: { gt: last.seq } } },
        orderBy: { seq: 'asc' },
      })
      return toMessages(prisma, [...rows, ...others], sign)
    },

    async changesSince(sessionId, change, limit) {
      const [messages, others] = await Promise.all([
        createdSince(prisma, siteId, sessionId, change, limit, sign),
        prisma.sessionChange.findMany({
          where: { sessionId, session: { siteId }, change: { gt: change } },
          orderBy: { change: 'asc' },
          take: limit,
        }),
      ])
      const changed = (await withReactions(prisma, others.map(toChange))).map(
        ({ change, what }): StoredChange => ({ kind: 'session', change, what }),
      )
      return [...messages, ...changed].sort((a, b) => a.change - b.change).slice(0, limit)
    },
  }
}

interface Change {
  readonly change: number
  readonly what: SessionChange
}

const toChange = ({ change, kind, data }: SessionChangeRow): Change => ({
  change,
  what: { kind, ...(data as object) } as SessionChange,
})

/** Not kept with each change: those there are now (D8). */
async function withReactions(prisma: PrismaClient, changes: readonly Change[]): Promise<readonly Change[]> {
  const touched = changes.flatMap(({ what }) => (what.kind === 'reacted' ? [what.messageId] : []))
  if (touched.length === 0) return changes
  const reactions = await reactionsOf(prisma, touched)
  return changes.map(({ change, what }) =>
    what.kind === 'reacted'
      ? { change, what: { ...what, reactions: reactions.get(what.messageId) ?? {} } }
      : { change, what },
  )
}

/** First and last `seq`: numbers have no gaps, so no page is found by counting rows. */
function stretch(range: MessageRange, visibleAfterSeq: number, lastSeq: number): [number, number] {
  const oldest = visibleAfterSeq + 1
  switch (range.kind) {
    case 'page': {
      const last = lastSeq - (range.page - 1) * range.limit
      return [Math.max(oldest, last - range.limit + 1), last]
    }
    case 'before': {
      const last = Math.min(range.seq - 1, lastSeq)
      return [Math.max(oldest, last - range.limit + 1), last]
    }
    case 'after': {
      const first = Math.max(oldest, range.seq + 1)
      return [first, Math.min(lastSeq, first + range.limit - 1)]
    }
  }
}

/** A message touched later has a higher `change` than the one that made it, so it is found by that one's index. */
async function createdSince(
  prisma: PrismaClient,
  siteId: string,
  sessionId: string,
  change: number,
  limit: number,
  sign: SignUrl,
): Promise<StoredChange[]> {
  const rows = await prisma.message.findMany({
    where: { sessionId, siteId, change: { gt: change }, createdChange: { gt: change } },
    orderBy: { seq: 'asc' },
    take: limit,
  })
  const messages = new Map((await toMessages(prisma, rows, sign)).map(message => [message.id, message]))
  return rows.map(({ id, createdChange }) => ({
    kind: 'message',
    change: createdChange,
    message: messages.get(id) as Message,
  }))
}
