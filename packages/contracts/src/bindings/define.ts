import type { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import type { EventData, EventName, OperationName, Output } from '../registry.ts'

/** Which documented field stands for which field of the operation's input: `{ message: 'text' }`. */
export type Fields = Readonly<Record<string, string>>
/** Which documented value stands for which of ours: `{ userType: { agent: 'operator' } }`, by documented field. */
export type Values = Readonly<Record<string, Readonly<Record<string, string>>>>

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A REST route: the operation it stands for, and its spelling. */
export interface RestBinding<N extends OperationName = OperationName> {
  readonly method: Method
  /** With `:name` parameters, which join the input under their documented name. */
  readonly path: string
  readonly operation: N
  readonly fields?: Fields
  readonly values?: Values
  /** Success status; default 200. */
  readonly status?: (output: Output<N>) => number
  /** Every status that `status` may answer. */
  readonly statuses?: readonly number[]
  /** The answer's `data`, and its `pagination` if it has one. Default: the output as it is. */
  readonly answer?: (output: Output<N>) => { data: unknown; pagination?: unknown }
  /** What `data` looks like. */
  readonly data: z.ZodType
  /** Answered as it is, without the envelope. */
  readonly bare?: true
  /** Takes a file too, as `multipart/form-data`, in one of these fields. */
  readonly upload?: readonly string[]
  /** Of §2–7, or an addition of ours. */
  readonly documented: boolean
}

/** A client's Socket.IO event (or `/ws` frame type), which stands for an operation. */
export interface CallBinding<N extends OperationName = OperationName> {
  readonly event: string
  readonly operation: N
  readonly fields?: Fields
  readonly values?: Values
  /** Fixed parts of the input, such as `{ isTyping: true }`. */
  readonly fixed?: Readonly<Record<string, unknown>>
  /** The family that this call puts its connection into. */
  readonly joins?: Family
  /** From this call on the connection's numbers have no hole: it hears `SESSION_CHANGED` and `SYNCED_EVENTS`. */
  readonly syncs?: true
  /** The documented field that may say who calls, on an open-mode connection that has no token. */
  readonly says?: string
  /** The documented field that a payload stands for which is no object: `'away'` for `{ status: 'away' }`. */
  readonly scalar?: string
  /** What the acknowledgement carries beside `ok: true`. */
  readonly acknowledge: (output: Output<N>) => Record<string, unknown>
  /** The acknowledgement as the documented client expects it, in place of `{ ok: true, … }`. */
  readonly bareAcknowledgement?: (output: Output<N>) => unknown
  /** An event that answers the caller, whether or not it asked for an acknowledgement. */
  readonly reply?: {
    readonly event: string
    readonly payload: (output: Output<N>) => unknown
    readonly schema: z.ZodType
    /** Only where no acknowledgement was asked for. */
    readonly unlessAcknowledged?: true
  }
  /** The message that this call has made, whose event to this connection is the answer, with the call's own id. */
  readonly echo?: (output: Output<N>) => { readonly messageId: string }
  /** A refusal that the documented client knows by an event of its own; null: as any other. */
  readonly failed?: {
    readonly event: string
    readonly payload: (code: ErrorCode, input: Readonly<Record<string, unknown>>) => unknown
    readonly schema: z.ZodType
  }
  readonly documented: boolean
}

/** `support` §7, `chat` §6, `friends` §8. */
export type Family = 'support' | 'chat' | 'friends'

/** How an event is spelled to listeners of a family. */
export interface EventBinding<N extends EventName = EventName> {
  readonly event: string
  readonly of: N
  /** Does this person hear it by this name? Default: all that hear it do. */
  readonly hears?: (data: EventData<N>, userId: string) => boolean
  readonly payload: (data: EventData<N>) => unknown
  readonly schema: z.ZodType
}

export const rest = <const N extends OperationName>(binding: RestBinding<N>) =>
  binding as unknown as RestBinding
export const call = <const N extends OperationName>(binding: CallBinding<N>) =>
  binding as unknown as CallBinding
export const tells = <const N extends EventName>(binding: EventBinding<N>) =>
  binding as unknown as EventBinding

/** A documented payload in the words of the operation. Values that are no object pass as they are, for the schema to refuse. */
export function respell(
  payload: unknown,
  {
    fields = {},
    values = {},
    fixed,
    scalar,
  }: { fields?: Fields; values?: Values; fixed?: Readonly<Record<string, unknown>>; scalar?: string },
): unknown {
  if (payload === undefined || payload === null) return { ...fixed }
  if (typeof payload !== 'object' && scalar !== undefined)
    return respell({ [scalar]: payload }, { fields, values, ...(fixed && { fixed }) })
  if (typeof payload !== 'object' || Array.isArray(payload)) return payload
  const input: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(payload)) {
    // JSON may have it as a field; setting it would change what the object inherits.
    if (name === '__proto__') continue
    const meant = typeof value === 'string' ? (values[name]?.[value] ?? value) : value
    input[fields[name] ?? name] = meant
  }
  return fixed ? Object.assign(input, fixed) : input
}

/** The documented name of one of our fields, for the `path` of a problem. */
export const spelledPath = (path: string, fields: Fields = {}): string => {
  const [head = '', ...rest] = path.split('.')
  const spelled = Object.entries(fields).find(([, ours]) => ours === head)?.[0] ?? head
  return [spelled, ...rest].join('.')
}
