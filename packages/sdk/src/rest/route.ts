import type { OperationName, Output, Pagination, RawInput } from '../contract-types.ts'

/** A good answer, taken out of its envelope. */
export interface Answer {
  readonly data: unknown
  readonly status: number
  readonly pagination: Pagination | undefined
}

export interface Route {
  /** Method and path, with `:name` parameters. */
  readonly to: string
  /** Our field → the documented one. */
  readonly fields?: Readonly<Record<string, string>>
  /** How the answer becomes the output, where it is not that already. */
  readonly read?: (answer: Answer) => unknown
  /** Says who one is: sent without a token, and a 401 is about what was typed. */
  readonly signsIn?: true
  /** Answered without the envelope. */
  readonly bare?: true
}

export type Routes = Readonly<Partial<Record<OperationName, Route>>>

/** The input as a caller writes it: what has a default may be left out. */
export type CallInput<N extends OperationName> = RawInput<N>
export type CallArguments<N extends OperationName> =
  Record<never, never> extends CallInput<N> ? [input?: CallInput<N>] : [input: CallInput<N>]
export type CallOutput<N extends OperationName> = Output<N>
