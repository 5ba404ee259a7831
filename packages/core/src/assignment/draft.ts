import type { Strategy } from '@parley/contracts'
import type { SessionChange } from '../ports/store/message-store.ts'
import { insertByQueue } from './queue-order.ts'
import type {
  OperatorState,
  SessionState,
  StartCommand,
  TurnChange,
  TurnCommand,
  TurnView,
  TurnWrites,
} from './turn.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
export type OperatorDraft = Mutable<OperatorState>
export type SessionDraft = Mutable<SessionState>

/** What one command led to, for its outcome. */
export interface Effects {
  readonly changes: TurnChange[]
  readonly operators: Set<string>
  readonly touched: Set<string>
}

/** The working copy of a turn: what the view said, and what the commands so far have made of it. */
export interface Draft {
  readonly view: TurnView
  strategy: Strategy
  queueCounter: number
  /** The latest `lastAssignedAt` of any operator: the next one is later (A8). */
  lastAssignedAt: number
  readonly operators: Map<string, OperatorDraft>
  readonly sessions: Map<string, SessionDraft>
  readonly openSessionOf: Map<string, string>
  /** In the queue's order. */
  readonly waiting: SessionDraft[]
  readonly created: Map<string, StartCommand>
  readonly identified: Mutable<TurnWrites['identified'][number]>[]
  readonly changes: TurnWrites['changes'][number][]
  /** By session and person: only how it ended up is written. */
  readonly participants: Map<string, TurnWrites['participants'][number]>
  readonly audits: TurnWrites['audits'][number][]
  command: TurnCommand
  effects: Effects
}

const noEffects = (): Effects => ({ changes: [], operators: new Set(), touched: new Set() })

export function newDraft(view: TurnView, first: TurnCommand): Draft {
  const sessions = new Map(view.sessions.map(session => [session.id, { ...session }]))
  const waiting: SessionDraft[] = []
  for (const session of sessions.values()) if (session.status === 'waiting') insertByQueue(waiting, session)
  return {
    view,
    strategy: view.strategy,
    queueCounter: view.queueCounter,
    lastAssignedAt: view.operators.reduce(
      (latest, { lastAssignedAt }) => Math.max(latest, lastAssignedAt ?? 0),
      0,
    ),
    operators: new Map(view.operators.map(operator => [operator.id, { ...operator }])),
    sessions,
    openSessionOf: new Map(view.openSessionOf),
    waiting,
    created: new Map(),
    identified: [],
    changes: [],
    participants: new Map(),
    audits: [],
    command: first,
    effects: noEffects(),
  }
}

export function beginCommand(draft: Draft, command: TurnCommand): void {
  draft.command = command
  draft.effects = noEffects()
}

/** Counts a change of the session. */
export function addChange(draft: Draft, session: SessionDraft, what: SessionChange): number {
  session.lastChange += 1
  const change = { sessionId: session.id, change: session.lastChange, what }
  draft.effects.changes.push(change)
  draft.changes.push({ ...change, actorId: actingPerson(draft) })
  return session.lastChange
}

/** The person behind the command: itself, or the one whom a key acts for. */
export function actingPerson({ command: { actor } }: Draft): string | null {
  return actor.kind === 'person' ? actor.id : actor.actingFor
}

export function setPart(draft: Draft, part: TurnWrites['participants'][number]): void {
  draft.participants.set(JSON.stringify([part.sessionId, part.userId]), part)
}

/** Notes a decision for the audit, unless it is the customer's own about its own session (A19). */
export function audit(
  draft: Draft,
  action: string,
  target: {
    readonly kind: 'session' | 'operator' | 'site'
    readonly id: string
    readonly customerId?: string | null
  },
  data: Readonly<Record<string, unknown>> = {},
): void {
  const { actor, requestId } = draft.command
  if (actor.kind === 'person' && actor.id === target.customerId) return
  draft.audits.push({ actor, requestId, action, targetKind: target.kind, targetId: target.id, data })
}
