import type { OperatorState, TurnCommand } from './turn.ts'

/** What a store has to read under the lock before it can decide these commands; see `TurnView`. */
export interface TurnReads {
  readonly sessionIds: readonly string[]
  /** Their role, and their open support session. */
  readonly userIds: readonly string[]
  /** All sessions that they hold. */
  readonly operatorIds: readonly string[]
  /** How idle these sessions are. */
  readonly idleSessionIds: readonly string[]
}

export function turnReads(commands: readonly TurnCommand[]): TurnReads {
  const sessionIds = new Set<string>()
  const userIds = new Set<string>()
  const operatorIds = new Set<string>()
  const idleSessionIds = new Set<string>()
  for (const command of commands) {
    if ('sessionId' in command && command.kind !== 'start') sessionIds.add(command.sessionId)
    if ('userId' in command) userIds.add(command.userId)
    if (command.kind === 'identify') userIds.add(command.visitorId)
    if (givesBackAll(command)) operatorIds.add(command.operatorId)
    if (command.kind === 'abandon') idleSessionIds.add(command.sessionId)
  }
  return {
    sessionIds: [...sessionIds],
    userIds: [...userIds],
    operatorIds: [...operatorIds],
    idleSessionIds: [...idleSessionIds],
  }
}

const givesBackAll = (
  command: TurnCommand,
): command is Extract<TurnCommand, { kind: 'status' | 'limit' | 'gone' }> =>
  command.kind === 'status' || command.kind === 'limit' || command.kind === 'gone'

/**
 * So many sessions of the queue, besides those that came back, may be taken by these commands at the most: every
 * place there is or comes by a higher limit, and every place that a command frees.
 */
export function queueDepth(operators: readonly OperatorState[], commands: readonly TurnCommand[]): number {
  const limits = new Map(operators.map(({ id, maxUsers }) => [id, maxUsers]))
  for (const command of commands) {
    if (command.kind === 'limit' && command.maxUsers !== null) {
      limits.set(command.operatorId, Math.max(limits.get(command.operatorId) ?? 0, command.maxUsers))
    }
  }
  const places = [...limits.values()].reduce((sum, limit) => sum + limit, 0)
  return commands.reduce((sum, command) => sum + placesFreedBy(command, limits), places)
}

function placesFreedBy(command: TurnCommand, limits: ReadonlyMap<string, number>): number {
  if (givesBackAll(command)) return limits.get(command.operatorId) ?? 0
  const freesOne: TurnCommand['kind'][] = ['end', 'assign', 'requeue', 'abandon', 'identify']
  return freesOne.includes(command.kind) ? 1 : 0
}
