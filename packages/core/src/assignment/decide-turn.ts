import { assign, requeue } from './commands/assign.ts'
import { abandon, end } from './commands/end.ts'
import { identify } from './commands/identify.ts'
import { connected, gone, limit, status } from './commands/operator.ts'
import { strategy } from './commands/site.ts'
import { start } from './commands/start.ts'
import { beginCommand, type Draft, newDraft } from './draft.ts'
import { fillQueue } from './fill-queue.ts'
import type { TurnCommand, TurnOutcome, TurnView, TurnWrites } from './turn.ts'
import { done, type Verdict } from './verdict.ts'
import { noWrites, writesOf } from './writes.ts'

export interface Turn {
  /** One for each command, in their order. */
  readonly outcomes: readonly TurnOutcome[]
  readonly writes: TurnWrites
}

/**
 * Who gets whom. Each command in its order: decide it, then serve the queue with whatever place it has freed (A16,
 * A17). Nothing is read but the view and nothing is done but what the writes say.
 */
export function decideTurn(view: TurnView, commands: readonly TurnCommand[]): Turn {
  const [first] = commands
  if (!first) return { outcomes: [], writes: noWrites(view) }
  const draft = newDraft(view, first)
  const outcomes = commands.map(command => decideOne(draft, command))
  return { outcomes, writes: writesOf(draft) }
}

function decideOne(draft: Draft, command: TurnCommand): TurnOutcome {
  beginCommand(draft, command)
  const verdict = decide(draft, command)
  if (verdict.kind === 'refused') return verdict
  fillQueue(draft)
  const { changes, operators, touched } = draft.effects
  return { ...verdict, changes, operators: [...operators], touched: [...touched] }
}

function decide(draft: Draft, command: TurnCommand): Verdict {
  switch (command.kind) {
    case 'start':
      return start(draft, command)
    case 'end':
      return end(draft, command)
    case 'assign':
      return assign(draft, command)
    case 'requeue':
      return requeue(draft, command)
    case 'status':
      return status(draft, command)
    case 'limit':
      return limit(draft, command)
    case 'connected':
      return connected(draft, command)
    case 'gone':
      return gone(draft, command)
    case 'abandon':
      return abandon(draft, command)
    case 'identify':
      return identify(draft, command)
    case 'strategy':
      return strategy(draft, command)
    case 'sweep':
      return done()
  }
}
