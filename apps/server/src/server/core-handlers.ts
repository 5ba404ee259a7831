import { OPERATIONS } from '@parley/contracts'
import type { ChatNode, CoreOperation } from '@parley/core'
import type { FeatureHandlers } from '../features/index.ts'
import type { Handlers } from '../operations/types.ts'

type CoreHandlers = Pick<Handlers, CoreOperation>

/** One handler for each operation: the server's own features, and the core for all the others. */
export function allHandlers(features: FeatureHandlers, node: Pick<ChatNode, 'perform'>): Handlers {
  const own: ReadonlySet<string> = new Set(Object.keys(features))
  const names = OPERATIONS.map(({ name }) => name).filter((name): name is CoreOperation => !own.has(name))
  const core = Object.fromEntries(
    names.map(name => [
      name,
      (...[context, input]: Parameters<Handlers[typeof name]>) => node.perform(name, context, input),
    ]),
  ) as unknown as CoreHandlers
  return { ...core, ...features }
}
