import { type CallBinding, type OperationName, type Output, respell } from '@parley/contracts'
import { failureOf, isOurFault, type ToldFailure, tell } from '../../operations/failure.ts'
import type { ServerContext } from '../../operations/types.ts'
import type { LiveConnection } from './live-connection.ts'
import type { LiveContext, LiveDoorParts } from './live-door.ts'

export interface Told {
  readonly event: string
  readonly payload: unknown
}

export interface Success {
  readonly ok: true
  readonly acknowledgement: Record<string, unknown>
  /** The acknowledgement of a client that knows it by another form. */
  readonly bare?: unknown
  /** `unlessAcknowledged`: only where the caller wants no acknowledgement. */
  readonly reply: (Told & { readonly unlessAcknowledged: boolean }) | null
  /** The message whose event to this connection is the reply. */
  readonly echoes: string | null
}

export interface Refusal {
  readonly ok: false
  readonly failure: ToldFailure
  /** What the documented client knows this refusal by. */
  readonly told: Told | null
}

/** How a call went, for the door to write. */
export type Answer = Success | Refusal

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
  const input = respell(call.payload, binding)
  try {
    const output = await parts.run(binding.operation, contextOf(call, after), input, binding)
    write(success(binding, output))
  } catch (error) {
    write(refusal(binding, input, toldFailure(parts, error, context, requestId)))
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

function success(
  { reply, acknowledge, bareAcknowledgement, echo }: CallBinding,
  output: Output<OperationName>,
): Success {
  return {
    ok: true,
    acknowledgement: acknowledge(output),
    ...(bareAcknowledgement && { bare: bareAcknowledgement(output) }),
    reply: reply
      ? {
          event: reply.event,
          payload: reply.payload(output),
          unlessAcknowledged: reply.unlessAcknowledged === true,
        }
      : null,
    echoes: echo?.(output).messageId ?? null,
  }
}

function refusal({ failed }: Pick<CallBinding, 'failed'>, input: unknown, failure: ToldFailure): Refusal {
  const payload = failed?.payload(failure.code, isRecord(input) ? input : {}) ?? null
  return { ok: false, failure, told: failed && payload !== null ? { event: failed.event, payload } : null }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

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
