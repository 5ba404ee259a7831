import type { Prisma } from '../apps/server/src/generated/prisma/client.ts'
import { CONVERSATIONS, type Conversation, OPERATORS } from './seed/conversations.ts'
import { rowsOf } from './seed/rows.ts'

/** An operator whose server was stopped a moment ago keeps its sessions this long, as by OPERATOR_GRACE_MS. */
const GRACE_MS = 30_000
/** When somebody looks whether the visitor of an open session has come back. */
const ABANDONED_MS = 600_000

export interface Seeded {
  readonly operators: number
  readonly sessions: number
  readonly messages: number
}

/**
 * Sample data for a look around: operators without passwords, sessions that have ended and, if wished, open ones, as
 * they stand when a server stops in the middle of a day. What is there already stays as it is, so it is safe to
 * repeat. The caller holds the site's assignment lock: open sessions change who has room.
 */
export async function seed(
  tx: Prisma.TransactionClient,
  { siteId, now, open }: { readonly siteId: string; readonly now: number; readonly open: boolean },
): Promise<Seeded> {
  const operators = await addOperators(tx, siteId)
  const wanted = [...CONVERSATIONS.ended, ...(open ? CONVERSATIONS.open : [])]
  const added = await addConversations(tx, siteId, now, await notThere(tx, wanted))
  return { operators, ...added }
}

async function addOperators(tx: Prisma.TransactionClient, siteId: string): Promise<number> {
  let count = 0
  for (const { id, username, name, maxUsers } of OPERATORS) {
    const user = { siteId, id, username, realName: name, role: 'operator' } as const
    const made = await tx.user.createMany({ data: [user], skipDuplicates: true })
    if (made.count === 0) continue
    await tx.operator.create({ data: { siteId, userId: id, name, maxUsers } })
    count += 1
  }
  return count
}

async function notThere(
  tx: Prisma.TransactionClient,
  wanted: readonly Conversation[],
): Promise<Conversation[]> {
  const ids = wanted.map(({ key }) => key)
  const there = await tx.session.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const known = new Set(there.map(({ id }) => id))
  return wanted.filter(({ key }) => !known.has(key))
}

async function addConversations(
  tx: Prisma.TransactionClient,
  siteId: string,
  now: number,
  conversations: readonly Conversation[],
): Promise<Omit<Seeded, 'operators'>> {
  let messages = 0
  for (const wanted of conversations) {
    const conversation = await fitting(tx, siteId, wanted)
    const queueNo = await nextQueueNo(tx, siteId)
    const rows = rowsOf(conversation, { siteId, now, queueNo })
    await tx.user.createMany({ data: [rows.user], skipDuplicates: true })
    await tx.session.createMany({ data: [rows.session] })
    await tx.participant.createMany({ data: [...rows.participants] })
    await tx.message.createMany({ data: [...rows.messages] })
    await tx.sessionChange.createMany({ data: [...rows.changes] })
    await tx.readMark.createMany({ data: [...rows.readMarks] })
    if (conversation.end === null) await makeOpen(tx, siteId, now, conversation)
    messages += rows.messages.length
  }
  return { sessions: conversations.length, messages }
}

/** An open one whose operator is not there (any more) or has no room waits, before anybody has answered. */
async function fitting(
  tx: Prisma.TransactionClient,
  siteId: string,
  wanted: Conversation,
): Promise<Conversation> {
  if (wanted.operatorId === null) return wanted
  const operator = await tx.operator.findUnique({
    where: { siteId_userId: { siteId, userId: wanted.operatorId } },
  })
  if (operator && (wanted.end !== null || (operator.isActive && operator.load < operator.maxUsers)))
    return wanted
  return { ...wanted, operatorId: null, lines: wanted.lines.slice(0, 1), end: null }
}

async function nextQueueNo(tx: Prisma.TransactionClient, siteId: string): Promise<bigint> {
  const { queueCounter } = await tx.site.update({
    where: { id: siteId },
    data: { queueCounter: { increment: 1 } },
    select: { queueCounter: true },
  })
  return queueCounter
}

/**
 * An operator who holds an open session was there a moment ago: busy, so that nobody else waits for its sake, and
 * online when it comes back.
 */
async function makeOpen(
  tx: Prisma.TransactionClient,
  siteId: string,
  now: number,
  conversation: Conversation,
): Promise<void> {
  await tx.operator.updateMany({
    where: { siteId, userId: conversation.operatorId ?? '', status: 'offline' },
    data: { status: 'busy', chosenStatus: 'online' },
  })
  await addDeadlines(tx, siteId, now, conversation)
}

/** What a running server has for each open session: without these it would stay open for ever. */
async function addDeadlines(
  tx: Prisma.TransactionClient,
  siteId: string,
  now: number,
  { key, operatorId }: Conversation,
): Promise<void> {
  const job = (kind: string, of: string, inMs: number) => ({
    id: `${of}-${kind}`,
    siteId,
    kind,
    key: of,
    runAt: new Date(now + inMs),
  })
  const jobs = [
    job('session.abandon', key, ABANDONED_MS),
    ...(operatorId === null ? [] : [job('operator.grace', operatorId, GRACE_MS)]),
  ]
  await tx.job.createMany({ data: jobs, skipDuplicates: true })
}
