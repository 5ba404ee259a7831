import { decideTurn } from '../../assignment/decide-turn.ts'
import type { SessionState, TurnCommand, TurnOutcome, TurnView } from '../../assignment/turn.ts'
import { queueDepth, turnReads } from '../../assignment/turn-reads.ts'
import type { AssignmentStore } from '../../ports/store/assignment-store.ts'
import { writeTurn } from './apply-turn.ts'
import { idleness } from './jobs.ts'
import { waitingSessions } from './session-entity.ts'
import { openSessionOf } from './sessions.ts'
import { heldBy, isConnected, type SessionRow, type State } from './state.ts'

interface Waiter {
  readonly command: TurnCommand
  readonly resolve: (outcome: TurnOutcome) => void
  readonly reject: (cause: unknown) => void
}

/** Commands of the same moment are decided together, as a database's lock would gather them. */
export function turns(state: State): AssignmentStore {
  let gathered: Waiter[] = []
  const decide = () => {
    const batch = gathered
    gathered = []
    decideBatch(state, batch)
  }
  return {
    turn: command =>
      new Promise((resolve, reject) => {
        gathered.push({ command, resolve, reject })
        if (gathered.length === 1) onNextMicrotask(decide)
      }),
  }
}

const onNextMicrotask = (task: () => void): void => {
  void Promise.resolve().then(task)
}

function decideBatch(state: State, batch: readonly Waiter[]): void {
  try {
    const commands = batch.map(({ command }) => command)
    const { outcomes, writes } = decideTurn(viewOf(state, commands), commands)
    writeTurn(state, writes)
    for (const [index, waiter] of batch.entries()) answer(waiter, outcomes[index])
  } catch (cause) {
    for (const { reject } of batch) reject(cause)
  }
}

function answer({ resolve, reject }: Waiter, outcome: TurnOutcome | undefined): void {
  if (outcome) resolve(outcome)
  else reject(new Error('the turn has no outcome for a command'))
}

/** Only what the turn asks for, as a database would read it. */
function viewOf(state: State, commands: readonly TurnCommand[]): TurnView {
  const reads = turnReads(commands)
  const operators = operatorStates(state)
  const open = reads.userIds.flatMap(userId => openSessionOf(state, userId) ?? [])
  const waiting = waitingSessions(state)
  const others = waiting.filter(({ returned }) => !returned).slice(0, queueDepth(operators, commands))
  const rows = new Set([
    ...reads.sessionIds.flatMap(id => state.sessions.get(id) ?? []),
    ...open,
    ...reads.operatorIds.flatMap(id => heldBy(state, id)),
    ...waiting.filter(({ returned }) => returned),
    ...others,
  ])
  return {
    now: state.now(),
    strategy: state.strategy,
    queueCounter: state.queueCounter,
    operators,
    sessions: [...rows].map(toState),
    openSessionOf: new Map(open.map(row => [row.userId ?? '', row.id])),
    roleOf: rolesOf(state, reads.userIds),
    idle: idleOf(state, reads.idleSessionIds),
  }
}

const operatorStates = (state: State): TurnView['operators'] =>
  [...state.operators.values()].map(row => ({
    ...row,
    load: heldBy(state, row.id).length,
    connected: isConnected(state, row.id),
  }))

const rolesOf = (state: State, userIds: readonly string[]): TurnView['roleOf'] =>
  new Map(
    userIds.flatMap(id => {
      const person = state.people.get(id)
      return person ? [[id, person.role] as const] : []
    }),
  )

const idleOf = (state: State, sessionIds: readonly string[]): TurnView['idle'] =>
  new Map(
    sessionIds.flatMap(id => {
      const session = state.sessions.get(id)
      return session ? [[id, idleness(state, session)] as const] : []
    }),
  )

const toState = (row: SessionRow): SessionState => ({
  id: row.id,
  type: row.type,
  status: row.status,
  userId: row.userId,
  operatorId: row.operatorId,
  avoidOperatorId: row.avoidOperatorId,
  strategy: row.strategy,
  queueNo: row.queueNo,
  returned: row.returned,
  waitingSince: row.waitingSince,
  assignedAt: row.assignedAt,
  endedAt: row.endedAt,
  endedBy: row.endedBy,
  endReason: row.endReason,
  lastChange: row.lastChange,
})
