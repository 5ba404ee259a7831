import type { Operator, Role } from '@parley/contracts'

export interface KnownPerson {
  readonly id: string
  readonly role: Role
  readonly name: string | null
  readonly avatar: string | null
  readonly isActive: boolean
}

/** What the rules need of accounts. Passwords, logins and keys are the server's own business. */
export interface AccountStore {
  person(userId: string): Promise<KnownPerson | null>
  operators(): Promise<Operator[]>
  operator(operatorId: string): Promise<Operator | null>
}
