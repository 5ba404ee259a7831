import { expect } from 'vitest'
import type { Actor } from '../src/access/caller.ts'
import { decideTurn, type Turn } from '../src/assignment/decide-turn.ts'
import { mayBeGiven } from '../src/assignment/pick-operator.ts'
import { byQueue } from '../src/assignment/queue-order.ts'
import type {
  OperatorState,
  SessionState,
  StartCommand,
  TurnCommand,
  TurnOutcome,
  TurnView,
  TurnWrites,
} from '../src/assignment/turn.ts'
import { queueDepth, turnReads } from '../src/assignment/turn-reads.ts'

type Body<C> = C extends unknown ? Omit<C, 'actor' | 'requestId'> : never
export type CommandBody = Body<TurnCommand>

const nobody: Actor = { kind: 'system', id: null, actingFor: null }

export const by = (actor: Actor, body: CommandBody): TurnCommand =>
  ({ ...body, actor, requestId: null }) as TurnCommand
export const person = (id: string): Actor => ({ kind: 'person', id, actingFor: null })

export const startOf = (
  sessionId: string,
  userId: string,
  more: Partial<StartCommand> = {},
): CommandBody => ({
  kind: 'start',
  sessionId,
  userId,
  userType: 'user',
  userName: null,
  locale: null,
  timeZone: null,
  subject: null,
  metadata: null,
  strategy: null,
  operatorId: null,
  ...more,
})

/**
 * The desk as a database keeps it: gives a turn only what `turnReads` asks for, writes in the order that the port
 * gives with the database's own guards, and after each turn checks what must hold.
 */
export class Desk {
  now = 1_000_000
  strategy: TurnView['strategy'] = 'least-busy'
  queueCounter = 0
  readonly operators = new Map<string, OperatorState>()
  readonly sessions = new Map<string, SessionState>()
  readonly parts = new Map<string, Set<string>>()
  readonly roles = new Map<string, string>()
  readonly idle = new Map<string, { connected: boolean; visitorGoneMs: number; quietMs: number }>()
  readonly audits: TurnWrites['audits'][number][] = []
  last: Turn | null = null

  operator(id: string, more: Partial<OperatorState> = {}): void {
    this.roles.set(id, 'operator')
    this.operators.set(id, {
      id,
      status: 'online',
      chosenStatus: null,
      isActive: true,
      maxUsers: 2,
      load: 0,
      lastAssignedAt: null,
      connected: true,
      ...more,
    })
  }

  change(id: string, more: Partial<OperatorState>): void {
    this.operators.set(id, { ...this.op(id), ...more })
  }

  op(id: string): OperatorState {
    const operator = this.operators.get(id)
    if (!operator) throw new Error(`no operator ${id}`)
    return operator
  }

  session(id: string): SessionState {
    const session = this.sessions.get(id)
    if (!session) throw new Error(`no session ${id}`)
    return session
  }

  /** Who holds which session: `waiting`, `ended`, or the operator's id. */
  holder(id: string): string {
    const { status, operatorId } = this.session(id)
    return status === 'active' && operatorId !== null ? operatorId : status
  }

  queue(): string[] {
    return this.waiting().map(({ id }) => id)
  }

  run(...bodies: CommandBody[]): TurnOutcome[] {
    return this.turn(bodies.map(body => by(nobody, body)))
  }

  start(id: string, more: Partial<StartCommand> = {}): TurnOutcome {
    return this.one(startOf(id, `user of ${id}`, more))
  }

  /** One command, by somebody. */
  one(body: CommandBody, actor: Actor = nobody): TurnOutcome {
    const [outcome] = this.turn([by(actor, body)])
    if (!outcome) throw new Error('no outcome')
    return outcome
  }

  turn(commands: TurnCommand[]): TurnOutcome[] {
    this.now += 10
    const turn = decideTurn(this.view(commands), commands)
    checkOutcomes(turn, commands)
    this.write(turn.writes)
    this.check()
    this.last = turn
    return [...turn.outcomes]
  }

  waiting(): SessionState[] {
    return [...this.sessions.values()].filter(({ status }) => status === 'waiting').sort(byQueue)
  }

  view(commands: readonly TurnCommand[]): TurnView {
    const operators = [...this.operators.values()]
    const reads = turnReads(commands)
    const openSessionOf = new Map(
      reads.userIds.flatMap(userId => this.openOf(userId).map(s => [userId, s.id])),
    )
    const depth = queueDepth(operators, commands)
    const head = this.waiting().filter(({ returned }, place) => returned || place < depth + this.returned())
    const named = new Set([...reads.sessionIds, ...openSessionOf.values(), ...head.map(({ id }) => id)])
    const sessions = [...this.sessions.values()].filter(
      s => named.has(s.id) || (s.status === 'active' && reads.operatorIds.includes(s.operatorId ?? '')),
    )
    return {
      now: this.now,
      strategy: this.strategy,
      queueCounter: this.queueCounter,
      operators,
      sessions,
      openSessionOf,
      roleOf: new Map(
        reads.userIds.flatMap(id => (this.roles.has(id) ? [[id, this.roles.get(id) ?? '']] : [])),
      ),
      idle: new Map([...this.idle].filter(([id]) => reads.idleSessionIds.includes(id))),
    }
  }

  private returned(): number {
    return this.waiting().filter(({ returned }) => returned).length
  }

  private openOf(userId: string): SessionState[] {
    return [...this.sessions.values()].filter(
      s => s.type === 'support' && s.userId === userId && s.status !== 'ended',
    )
  }

  private write(writes: TurnWrites): void {
    for (const id of writes.released)
      this.sessions.set(id, { ...this.session(id), status: 'waiting', operatorId: null })
    this.guard()
    for (const operator of writes.operators) this.operators.set(operator.id, operator)
    this.guard()
    const [free, held] = [
      writes.sessions.filter(({ status }) => status !== 'active'),
      writes.sessions.filter(({ status }) => status === 'active'),
    ]
    expect(writes.sessions).toEqual([...free, ...held])
    // Whose a session is, changes with its identification only: a row that is still the visitor's may stand beside it.
    for (const row of free) this.put({ ...row, userId: this.session(row.id).userId })
    for (const { sessionId, userId } of writes.identified) this.put({ ...this.session(sessionId), userId })
    for (const { state } of writes.created) this.put(state)
    for (const row of held) this.put(row)
    for (const start of writes.created)
      if (!this.roles.has(start.userId)) this.roles.set(start.userId, start.userType)
    for (const { sessionId, userId, joined } of writes.participants) this.setPart(sessionId, userId, joined)
    for (const { sessionId, visitorId, userId } of writes.identified) {
      this.setPart(sessionId, visitorId, false)
      this.setPart(sessionId, userId, true)
    }
    this.queueCounter = writes.queueCounter
    this.strategy = writes.strategy ?? this.strategy
    this.audits.push(...writes.audits)
    for (const id of this.operators.keys()) this.change(id, { load: this.loadOf(id) })
    for (const operator of writes.operators) expect(this.op(operator.id).load, 'A1: load').toBe(operator.load)
  }

  private put(row: SessionState): void {
    this.sessions.set(row.id, row)
    this.guard()
  }

  private setPart(sessionId: string, userId: string, joined: boolean): void {
    const parts = this.parts.get(sessionId) ?? new Set()
    this.parts.set(sessionId, parts)
    if (joined) parts.add(userId)
    else parts.delete(userId)
  }

  private loadOf(operatorId: string): number {
    return [...this.sessions.values()].filter(s => s.status === 'active' && s.operatorId === operatorId)
      .length
  }

  /** What the database refuses at any moment, in the middle of a write too. */
  private guard(): void {
    for (const { id, maxUsers } of this.operators.values()) {
      expect(this.loadOf(id), `A1: load of ${id}`).toBeLessThanOrEqual(maxUsers)
    }
    const open = [...this.sessions.values()].filter(s => s.type === 'support' && s.status !== 'ended')
    expect(new Set(open.map(({ userId }) => userId)).size, 'S2: open sessions').toBe(open.length)
  }

  private check(): void {
    const operators = [...this.operators.values()]
    for (const session of this.sessions.values()) {
      if (session.type !== 'support') continue
      if (session.status === 'waiting') {
        expect(session.operatorId, 'A2').toBeNull()
        const takers = operators.filter(operator => mayBeGiven(session, operator)).map(({ id }) => id)
        expect(takers, `A3: ${session.id} waits`).toEqual([])
      }
      if (session.status === 'active') expect(session.operatorId, 'A2').not.toBeNull()
      const present = [session.userId, session.operatorId].filter(id => id !== null)
      expect([...(this.parts.get(session.id) ?? [])].sort(), 'S6').toEqual(present.sort())
    }
    for (const { id, status, isActive } of operators) {
      if (status === 'offline') expect(this.loadOf(id), `O3: ${id} is offline`).toBe(0)
      if (!isActive) expect(status, 'O7').toBe('offline')
    }
  }
}

/** The writes say what the outcomes say, and the changes of each session are dense. */
function checkOutcomes({ outcomes, writes }: Turn, commands: readonly TurnCommand[]): void {
  expect(outcomes).toHaveLength(commands.length)
  const told = outcomes.flatMap(outcome => (outcome.kind === 'done' ? outcome.changes : []))
  expect(writes.changes.map(({ sessionId, change, what }) => ({ sessionId, change, what }))).toEqual(told)
  const states = [...writes.sessions, ...writes.created.map(({ state }) => state)]
  for (const state of states) {
    const changes = told.filter(({ sessionId }) => sessionId === state.id).map(({ change }) => change)
    const first = state.lastChange - changes.length + 1
    expect(changes, `S10: ${state.id}`).toEqual(changes.map((_, index) => first + index))
  }
  const changed = new Set(told.map(({ sessionId }) => sessionId))
  for (const sessionId of changed) expect(states.some(({ id }) => id === sessionId)).toBe(true)
}
