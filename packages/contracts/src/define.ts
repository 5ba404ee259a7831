import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'

/**
 * Who may call an operation. Roles and credentials are known from the caller alone; relations
 * (`party`, `self`) need the thing that is asked for, so the operation proves them with `may()`.
 */
export type Who =
  | 'anyone' // no credential
  | 'customer' // a visitor or user
  | 'person' // any token
  | 'user' // an account: a user or staff, no visitor and no automatic sender
  | 'staff' // operator, doctor, nurse, admin
  | 'admin'
  | 'key' // an API key, which may act for anyone
  | 'system' // an automatic sender
  | 'self' // the person whom the input names
  | 'party' // a participant of the session, or its operator

/** An operation: everything a person can do, written once. A door only translates to it. */
export interface Operation<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Kind extends 'query' | 'command' = 'query' | 'command',
> {
  readonly name: Name
  readonly kind: Kind
  /** One sentence for the API reference. */
  readonly summary: string
  readonly who: readonly Who[]
  readonly input: Input
  readonly output: Output
  /** What it may fail with, besides what every operation may: see `COMMON_ERRORS`. */
  readonly errors: readonly ErrorCode[]
}

export type InputOf<O extends Operation> = z.output<O['input']>
export type RawInputOf<O extends Operation> = z.input<O['input']>
export type OutputOf<O extends Operation> = z.output<O['output']>

export function defineOperation<
  const Name extends string,
  I extends z.ZodType,
  O extends z.ZodType,
  const K extends 'query' | 'command',
>(operation: Operation<Name, I, O, K>): Operation<Name, I, O, K> {
  return operation
}

/** An event: everything that happens, written once. `counted` events carry the session's `change` number. */
export interface Event<Name extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly name: Name
  readonly summary: string
  readonly counted: boolean
  readonly data: Data
}

export function defineEvent<const Name extends string, D extends z.ZodType>(
  event: Event<Name, D>,
): Event<Name, D> {
  return event
}
