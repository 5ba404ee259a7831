import { type ErrorCode, Failure, isStaff, type Who } from '@parley/contracts'
import type { Caller } from './caller.ts'

/** Relations that only the thing asked for can prove; what is not said is not so. */
export interface Facts {
  /** Is the caller a participant of the session who has not left? */
  readonly party?: boolean
  /** Is the caller the person whom the input names? */
  readonly self?: boolean
}

type Rule = (caller: Caller, facts: Facts) => boolean

const isPerson: Rule = caller => caller.kind === 'person'
const hasRole =
  (fits: (role: Extract<Caller, { kind: 'person' }>['role']) => boolean): Rule =>
  caller =>
    caller.kind === 'person' && fits(caller.role)

const RULES: Readonly<Record<Who, Rule>> = {
  anyone: () => true,
  person: isPerson,
  customer: hasRole(role => role === 'visitor' || role === 'user'),
  user: hasRole(role => role === 'user' || isStaff(role)),
  staff: hasRole(isStaff),
  admin: hasRole(role => role === 'admin'),
  system: hasRole(role => role === 'system'),
  key: caller => caller.kind === 'key',
  self: (caller, facts) => isPerson(caller, facts) && facts.self === true,
  party: (caller, facts) => isPerson(caller, facts) && facts.party === true,
}

/** The one answer for every door: may this caller do what `who` may? What is not allowed is refused (I1, I2). */
export const may = (caller: Caller, who: readonly Who[], facts: Facts = {}): boolean =>
  who.some(one => RULES[one](caller, facts))

/** Could any facts let this caller? A door asks before it parses the input. */
export const couldEver = (caller: Caller, who: readonly Who[]): boolean =>
  may(caller, who, { party: true, self: true })

export const refusalOf = (caller: Caller): ErrorCode =>
  caller.kind === 'anyone' ? 'unauthorized' : 'forbidden'

export function demand(caller: Caller, who: readonly Who[], facts: Facts = {}): void {
  if (!may(caller, who, facts)) throw new Failure(refusalOf(caller))
}
