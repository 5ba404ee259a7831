import type { Message, Session } from '@parley/contracts'
import { nextLook, shortestTimeout } from '../../presence/abandonment.ts'
import { presentPart, type SessionRow } from '../memory-store/state.ts'
import type { Client } from './client.ts'
import { checkDesk } from './desk-rules.ts'
import type { Operator } from './operator.ts'
import { checkPhones } from './phone-rules.ts'
import type { Copy } from './replica.ts'
import type { Stage } from './stage.ts'
import { Violation } from './violation.ts'

/**
 * What must hold a few seconds after the last fault: nobody has missed, doubled or kept anything. A visitor whose
 * start was never answered learns of its session when it comes again.
 */
export async function checkReplicas(world: Stage, cameAgain: boolean): Promise<void> {
  checkDesk(world.store.rows)
  world.ledger.check(world.store.rows)
  for (const client of world.clients) {
    if (!client.isHere()) continue
    if (cameAgain || world.operators.some(operator => operator === client)) checkKnown(world, client)
    if (world.members.some(member => member === client)) checkMember(world, client)
    for (const [id, copy] of client.replica.copies) {
      const [session] = await world.store.sessions([id], null)
      const row = world.store.rows.sessions.get(id)
      if (session && row) checkCopy(client, copy, session, row)
    }
  }
  checkPhones(world)
}

/** Nothing that is a person's own has escaped it (D7, D10). */
function checkKnown({ store }: Stage, { userId, replica }: Client): void {
  for (const { id, userId: customer, operatorId, status } of store.rows.sessions.values()) {
    const isTheirs = customer === userId || (operatorId === userId && status === 'active')
    if (isTheirs && !replica.copies.has(id))
      throw new Violation('D7', `${userId} doesn’t know of its session ${id}`)
  }
}

/** It knows what it takes part in, and nothing else (D17, G8). */
function checkMember({ store }: Stage, { userId, replica }: Client): void {
  for (const session of store.rows.sessions.values()) {
    const takesPart = presentPart(session, userId) !== null
    const knows = replica.copies.has(session.id)
    if (takesPart && !knows) throw new Violation('D17', `${userId} doesn’t know of its session ${session.id}`)
    if (knows && !takesPart) throw new Violation('G8', `${userId} still knows of ${session.id}`)
  }
}

function checkCopy({ userId }: Client, copy: Copy, session: Session, row: SessionRow): void {
  const wrong = (what: string) => new Violation('D1', `${userId} has ${what} of ${session.id}`)
  if (copy.cursor !== session.lastChange) throw wrong(`change ${copy.cursor}, not ${session.lastChange},`)
  const from = presentPart(row, userId)?.visibleAfterSeq ?? 0
  const isSeen = ({ seq }: Facts) => seq > from
  const held = [...copy.messages.values()].filter(isSeen).sort((a, b) => a.seq - b.seq)
  const expected = row.messages.filter(isSeen).map(factsOf).join()
  if (held.map(factsOf).join() !== expected)
    throw wrong(`the messages ${held.map(factsOf).join()}, not ${expected},`)
  if (!copy.session || stateOf(copy.session) !== stateOf(session))
    throw wrong(`the state ${copy.session && stateOf(copy.session)}, not ${stateOf(session)},`)
}

type Facts = Pick<Message, 'id' | 'seq' | 'change' | 'text' | 'senderId' | 'recalled' | 'reactions'>

const factsOf = ({ id, seq, change, text, senderId, recalled, reactions }: Facts): string =>
  JSON.stringify([id, seq, change, text, senderId, recalled, reactions])

const stateOf = (session: Session): string =>
  JSON.stringify([
    ...[
      session.status,
      session.name,
      session.showsHistory,
      session.ownerId,
      session.userId,
      session.userName,
      session.userType,
      session.operatorId,
      [...session.participants].sort(),
    ],
    ...[session.assignedAt, session.endedAt, session.endedBy, session.endReason],
  ])

/** What must hold when every deadline has passed and every list has been looked at. */
export async function checkRest(world: Stage): Promise<void> {
  checkHoldings(world)
  for (const operator of world.operators) if (operator.isHere()) await checkLists(world, operator)
  for (const operator of world.operators) checkStatus(world, operator)
  for (const client of world.clients) if (client.isHere()) checkDelivered(world, client)
  await checkDeadlines(world)
  checkLeases(world)
}

async function checkLists({ store }: Stage, { userId, lists }: Operator): Promise<void> {
  const row = ({ id, lastChange, queuePosition, unreadCount }: Session) =>
    `${id}:${lastChange}:${queuePosition}:${unreadCount}`
  for (const [list, shown] of lists) {
    const { items } = await store.listed(list, userId, 500)
    const [held, expected] = [[...shown.values()].map(row).sort(), items.map(row).sort()]
    if (held.join() !== expected.join())
      throw new Violation('D11', `${userId} shows in ${list}: ${held}; there is: ${expected}`)
  }
}

function checkStatus({ store }: Stage, operator: Operator): void {
  const row = store.rows.operators.get(operator.userId)
  if (!row) return
  const here = row.isActive ? (row.chosenStatus ?? 'online') : 'offline'
  const expected = operator.isHere() ? here : 'offline'
  if (row.status !== expected)
    throw new Violation('P3', `${operator.userId} is ${row.status} and should be ${expected}`)
}

/** Everyone has everything, and has said so (P8). */
function checkDelivered({ store }: Stage, { userId, replica }: Client): void {
  for (const { id, parts, lastSeq } of store.rows.sessions.values()) {
    const part = parts.get(userId)
    if (part?.leftChange !== null || !replica.copies.has(id)) continue
    if (part.deliveredSeq !== lastSeq)
      throw new Violation('P8', `${userId} has ${lastSeq} messages of ${id}, marked to ${part.deliveredSeq}`)
  }
}

/** One that has just changed between waiting and active is looked at within the shorter timeout (P5). */
async function checkDeadlines({ store, clock, plan: { settings } }: Stage): Promise<void> {
  const shorter = shortestTimeout(settings) ?? 0
  for (const { id, status, updatedAt } of store.rows.sessions.values()) {
    if (status === 'ended' || clock.now() - updatedAt < shorter) continue
    const idle = await store.idle(id)
    // Three seconds ago it was not over: a node looks every second.
    const then = idle && { ...idle, visitorGoneMs: idle.visitorGoneMs - 3000, quietMs: idle.quietMs - 3000 }
    if (then && nextLook(settings, then) === 0)
      throw new Violation('S15', `${id} should have ended by itself`)
  }
}

function checkLeases({ store, clients }: Stage): void {
  const live = clients.flatMap(({ line }) => line?.connectionId ?? []).sort()
  const leases = [...store.rows.leases.keys()].sort()
  if (live.join() !== leases.join()) throw new Violation('P1', `there are the leases ${leases}, not ${live}`)
}

function checkHoldings({ servers, clients }: Stage): void {
  for (const { node } of servers) {
    if (!node) continue
    const here = clients.filter(({ line }) => line?.connectionId?.startsWith(`${node.id}/`)).length
    const { connections = 0, people = 0, inboxes = 0, watches = 0, operators = 0 } = node.holdings()
    const most = Math.max(connections, inboxes, watches, operators)
    if (people !== here || most > here)
      throw new Violation('D15', `a node with ${here} clients holds ${JSON.stringify(node.holdings())}`)
  }
}
