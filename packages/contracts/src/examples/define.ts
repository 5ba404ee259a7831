import type { EventData, EventName, OperationName, Output } from '../registry.ts'

export interface InvalidExample {
  readonly payload: unknown
  /** The field that is wrong, in the documented spelling; empty: the payload as a whole. */
  readonly at: string
}

/** Payloads are in the documented spelling, as clients send them; what comes out is in the house's words. */
export interface OperationExamples<N extends OperationName = OperationName> {
  /** The first is shown in the API reference. */
  readonly valid: readonly Readonly<Record<string, unknown>>[]
  readonly invalid: readonly InvalidExample[]
  readonly output: Output<N>
}

export type ExamplesOf<Names extends OperationName> = { readonly [N in Names]: OperationExamples<N> }
export type EventExamples = { readonly [N in EventName]: EventData<N> }
