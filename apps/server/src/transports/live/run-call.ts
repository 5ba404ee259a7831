import { type CallBinding, type OperationName, type Output, respell } from '@parley/contracts'
import { failureOf, isOurFault, type ToldFailure, tell } from '../../operations/failure.ts'
import type { ServerContext } from '../../operations/types.ts'
import type { LiveConnection } from './live-connection.ts'
import type { LiveContext, LiveDoorParts } from './live-door.ts'

/** How a call went, for the door to write. */
export type Answer =
  | {
      readonly ok: true
      readonly acknowledgement: Record<string, unknown>
      readonly reply: { readonly event: string; readonly payload: unknown } | null
    }
  | { readonly ok: false; readonly failure: ToldFailure }

export interface LiveCall {
  readonly binding: CallBinding
  readonly connection: LiveConnection
  readonly context: LiveContext
  readonly requestId: string
  readonly payload: unknown
}

type RunParts = Pick<LiveDoorParts, 'run' | 'reportFault'>

/** Runs a call and writes its answer; what followed in the meantime is told after it. */
export async function runCall(
  parts: RunParts,
  call: LiveCall,
  write: (answer: Answer) => void,
): Promise<void> {
  const { binding, connection, context, requestId } = call
  const after: (() => void)[] = []
  // Before it runs: what it subscribes to may come before its answer.
  connection.hear(binding)
  try {
    const output = await parts.run(
      binding.operation,
      contextOf(call, after),
      respell(call.payload, binding),
      binding,
    )
    write(success(binding, output))
  } catch (error) {
    write({ ok: false, failure: toldFailure(parts, error, context, requestId) })
  }
  for (const task of after) task()
}

const contextOf = ({ connection, context, requestId }: LiveCall, after: (() => void)[]): ServerContext => ({
  caller: connection.caller,
  connection,
  requestId,
  address: context.address,
  userAgent: context.userAgent,
  locale: context.locale,
  open: context.open,
  cookie: null,
  afterAnswer: task => void after.push(task),
})

function success({ reply, acknowledge }: CallBinding, output: Output<OperationName>): Answer {
  return {
    ok: true,
    acknowledgement: acknowledge(output),
    reply: reply ? { event: reply.event, payload: reply.payload(output) } : null,
  }
}

/** What the caller is told of a failure; our own faults are reported with the id of the request. */
export function toldFailure(
  parts: Pick<RunParts, 'reportFault'>,
  error: unknown,
  { locale }: Pick<LiveContext, 'locale'>,
  requestId: string,
): ToldFailure {
  const failure = failureOf(error)
  if (isOurFault(failure)) parts.reportFault(error, requestId)
  return tell(failure, locale)
}
