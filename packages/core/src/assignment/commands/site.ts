import { audit, type Draft } from '../draft.ts'
import type { TurnCommand } from '../turn.ts'
import { done, type Verdict } from '../verdict.ts'

export function strategy(draft: Draft, command: Extract<TurnCommand, { kind: 'strategy' }>): Verdict {
  if (command.strategy === draft.strategy) return done()
  draft.strategy = command.strategy
  audit(draft, 'site.strategy', { kind: 'site', id: 'strategy' }, { strategy: command.strategy })
  return done()
}
