import type { Role } from '@parley/contracts'

/** Who is calling, as the credential says it. Never from a body. */
export type Caller = Anyone | Person | Key

export interface Anyone {
  readonly kind: 'anyone'
}

export interface Person {
  readonly kind: 'person'
  readonly userId: string
  readonly role: Role
  /** The display name that the token carries, if any. */
  readonly name: string | null
  /** The login that the token belongs to: ends with it. */
  readonly loginId: string
}

/** The integrator's own server: may act for anyone, and must name whom. */
export interface Key {
  readonly kind: 'key'
  readonly keyId: string
}

/** Who did something, for the audit and for `endedBy`. */
export interface Actor {
  readonly kind: 'person' | 'key' | 'system'
  readonly id: string | null
  /** With a key: the person it acts for. */
  readonly actingFor: string | null
}
