import { randomUUID } from 'node:crypto'
import type { Desk, Sent, Stored } from './desk.ts'
import { Killed, Refused } from './node-process.ts'
import type { Random } from './random.ts'

export interface Crowd {
  readonly desks: readonly Desk[]
  readonly random: Random
  readonly visitors: readonly string[]
  readonly operators: readonly string[]
  /** Two sessions that `talker` takes part in. */
  readonly talks: readonly [string, string]
  readonly talker: string
}

/** What callers have been told. */
export class Told {
  /** By client message id: every answer that said it is stored. */
  readonly stored = new Map<string, { readonly sessionId: string; readonly answer: Stored }[]>()
  readonly refusals = new Map<string, number>()
  readonly byHand: string[] = []
  /** The session that each visitor was given last. */
  readonly sessionOf = new Map<string, string>()
}

/** The codes with which the rules answer who comes too late, or finds no room. */
const EXPECTED = new Set([
  'session_ended',
  'not_found',
  'forbidden',
  'conflict',
  'no_operator_available',
  'operator_at_capacity',
])

const WEIGHTS = {
  say: 30,
  sayTwice: 10,
  end: 16,
  start: 16,
  assign: 8,
  reassign: 4,
  toQueue: 8,
  status: 6,
  limit: 4,
  reconnect: 3,
}

/** One after the other, what people do all day. */
export async function act({ crowd, told, steps }: { crowd: Crowd; told: Told; steps: number }) {
  for (let step = 0; step < steps; step++) await tolerated(told, doSomething(crowd, told))
}

async function doSomething(crowd: Crowd, told: Told): Promise<unknown> {
  const { desks, random, visitors, operators } = crowd
  const desk = random.pick(desks)
  const visitor = random.pick(visitors)
  const sessionId = told.sessionOf.get(visitor) ?? 'none'
  const operator = random.pick(operators)
  switch (random.weighted(WEIGHTS)) {
    case 'say':
      return sayTwice(crowd, told, [sessionId, sessionId], { userId: visitor, role: 'visitor' })
    case 'sayTwice':
      return sayTwice(crowd, told, crowd.talks, { userId: crowd.talker, role: 'user' })
    case 'end':
      return desk.end(sessionId)
    case 'start':
      return startTwice(crowd, told, visitor)
    case 'assign':
      told.byHand.push(sessionId)
      return desk.assign(sessionId, operator)
    case 'reassign':
      told.byHand.push(sessionId)
      return desk.assign(sessionId, null)
    case 'toQueue':
      return desk.toQueue(sessionId)
    case 'status':
      return desk.status(operator, random.pick(['online', 'online', 'busy', 'offline']))
    case 'limit':
      return desk.limit(operator, 1 + random.below(4))
    case 'reconnect': {
      const id = randomUUID()
      await desk.connect(id, operator, 'operator')
      return desk.disconnect(id)
    }
  }
}

async function tolerated(told: Told, deed: Promise<unknown>): Promise<void> {
  try {
    await deed
  } catch (error) {
    if (error instanceof Killed) return
    if (!(error instanceof Refused && EXPECTED.has(error.code))) throw error
    told.refusals.set(error.code, (told.refusals.get(error.code) ?? 0) + 1)
  }
}

/** At both nodes at once, as a client does whose first try was not answered in time. */
export async function startTwice({ desks }: Crowd, told: Told, visitor: string): Promise<void> {
  const answers = await Promise.allSettled(desks.map(desk => desk.start(visitor)))
  for (const answer of answers) {
    if (answer.status === 'fulfilled') told.sessionOf.set(visitor, answer.value)
    else await tolerated(told, Promise.reject(answer.reason))
  }
}

async function sayTwice(
  { desks, random }: Crowd,
  told: Told,
  sessionIds: readonly string[],
  who: Pick<Sent, 'userId' | 'role'>,
): Promise<void> {
  const clientMessageId = randomUUID()
  const tries = [...sessionIds, random.pick(sessionIds)].map(async (sessionId, n) => {
    const desk = desks[n % desks.length] ?? random.pick(desks)
    const answer = await desk.send({ ...who, sessionId, clientMessageId })
    told.stored.set(clientMessageId, [...(told.stored.get(clientMessageId) ?? []), { sessionId, answer }])
    if (random.below(4) === 0) await desk.read(who.userId, who.role, answer.id)
  })
  const failed = (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected')
  for (const { reason } of failed as PromiseRejectedResult[]) await tolerated(told, Promise.reject(reason))
}
