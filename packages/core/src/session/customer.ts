import { Failure, type Role } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { invalid } from '../access/invalid.ts'
import type { AccountStore, KnownPerson } from '../ports/store/account-store.ts'

/** Whom a support session is for (S1). */
export interface Customer {
  readonly userId: string
  readonly userType: 'user' | 'visitor'
  readonly userName: string | null
}

interface Claim {
  readonly userId: string
  /** What an API key says of one whom nobody knows (S11). */
  readonly userType?: 'user' | 'visitor' | undefined
  readonly name?: string | undefined
}

function customerType(role: Role): 'user' | 'visitor' {
  if (role !== 'user' && role !== 'visitor') throw invalid('userId', 'must be a visitor or user')
  return role
}

/** The customer whom the caller may open a session for: itself, or whom staff and keys name. */
export async function customerOf(store: AccountStore, caller: Caller, claim: Claim): Promise<Customer> {
  const { userId, name } = claim
  if (caller.kind === 'person' && caller.userId === userId) {
    const userName = name ?? caller.name ?? (await store.person(userId))?.name ?? null
    return { userId, userType: customerType(caller.role), userName }
  }
  const person = await store.person(userId)
  if (!person && caller.kind === 'person') throw new Failure('not_found')
  if (person?.isActive === false) throw new Failure('conflict')
  return { userId, userType: typeOf(person, claim), userName: name ?? person?.name ?? null }
}

const typeOf = (person: KnownPerson | null, claim: Claim): 'user' | 'visitor' =>
  person ? customerType(person.role) : (claim.userType ?? 'user')
