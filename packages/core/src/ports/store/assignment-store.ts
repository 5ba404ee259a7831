import type { TurnCommand, TurnOutcome } from '../../assignment/turn.ts'

export interface AssignmentStore {
  /**
   * One decision about who gets whom. Commands that wait at the same moment are decided together, in order, by
   * `decideTurn` over what the store reads **after** it holds the site's one assignment lock; the writes, their
   * changes and audit rows commit together.
   */
  turn(command: TurnCommand): Promise<TurnOutcome>
}
