import { type ErrorCode, Failure } from '@parley/contracts'
import type { AssignmentStore } from '../ports/store/assignment-store.ts'
import type { TurnCommand, TurnOutcome } from './turn.ts'

export type Done = Extract<TurnOutcome, { kind: 'done' }>

/** What the sentence about a refusal needs to know, by its code. */
type Params = Partial<Record<ErrorCode, Readonly<Record<string, string>>>>

/** Has the command decided; a refusal is thrown. */
export async function decide(
  store: AssignmentStore,
  command: TurnCommand,
  params: Params = {},
): Promise<Done> {
  const outcome = await store.turn(command)
  if (outcome.kind === 'refused') throw new Failure(outcome.code, params[outcome.code])
  return outcome
}
