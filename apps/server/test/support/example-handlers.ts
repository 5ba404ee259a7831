import { type Input, OPERATIONS, type OperationName } from '@parley/contracts'
import { operationExamples } from '@parley/contracts/examples'
import type { Handlers, ServerContext } from '../../src/operations/types.ts'

export interface Called {
  readonly name: OperationName
  readonly context: ServerContext
  readonly input: Input<OperationName>
}

/** Handlers that answer with the examples and remember what they were asked. */
export function exampleHandlers(called: Called[]): Handlers {
  const handlers = OPERATIONS.map(({ name }) => [
    name,
    (context: ServerContext, input: Input<OperationName>) => {
      called.push({ name, context, input })
      return Promise.resolve(operationExamples[name].output)
    },
  ])
  return Object.fromEntries(handlers) as Handlers
}
