import type { Participant, PersonStatus, Role, User } from '@parley/contracts'

export interface PeopleFilter {
  /** Part of a name or login name, whatever the case. */
  readonly search?: string
  readonly role?: Role
  /** Only those with a connection that they don't hide (U3). */
  readonly online?: boolean
}

/**
 * Whom a reader may see (U1): `all`; `accounts`: users and staff who are active; `peers`: those it shares a private or
 * group session, or a friendship with, and itself.
 */
export type Sight =
  | { readonly kind: 'all' }
  | { readonly kind: 'accounts' }
  | { readonly kind: 'peers'; readonly of: string }

export interface PersonPresence {
  readonly userId: string
  readonly role: Role
  readonly status: PersonStatus
  readonly lastSeen: string | null
}

/** People as others see them. `withContacts`: with e-mail and phone (U2). Those who are not active are seen by `all` alone. */
export interface PeopleStore {
  people(
    sight: Sight,
    filter: PeopleFilter,
    page: { readonly limit: number; readonly skip: number },
    withContacts: boolean,
  ): Promise<{ readonly items: User[]; readonly total: number }>
  /** Those there are of `ids` and in sight, in that order. */
  peopleById(ids: readonly string[], sight: Sight, withContacts: boolean): Promise<User[]>
  /** Ids of those who see the person because of a session or friendship, at most `limit`. */
  peersOf(userId: string, limit: number): Promise<readonly string[]>
  participants(
    sessionId: string,
    page: { readonly limit: number; readonly skip: number },
    withContacts: boolean,
  ): Promise<{ readonly items: Participant[]; readonly total: number }>
  /** Away or hidden, until the last connection ends; `online` takes it back. */
  choosePresence(userId: string, status: PersonStatus): Promise<void>
  /** Those who have a row. */
  presence(userIds: readonly string[]): Promise<PersonPresence[]>
}
