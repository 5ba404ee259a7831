import type { AccountStore } from './store/account-store.ts'
import type { AssignmentStore } from './store/assignment-store.ts'
import type { FileStore } from './store/file-store.ts'
import type { FriendStore } from './store/friend-store.ts'
import type { JobStore } from './store/job-store.ts'
import type { LeaseStore } from './store/lease-store.ts'
import type { MessageStore } from './store/message-store.ts'
import type { PeopleStore } from './store/people-store.ts'
import type { SearchStore } from './store/search-store.ts'
import type { SessionStore } from './store/session-store.ts'

/**
 * Everything durable of one site. A method is a sentence of the domain and is atomic: it has happened whole, or not
 * at all. It may fail after having committed (`StoreUnavailable`), so callers repeat only what may be repeated.
 */
export interface Store
  extends MessageStore,
    SessionStore,
    AssignmentStore,
    LeaseStore,
    JobStore,
    AccountStore,
    FriendStore,
    PeopleStore,
    FileStore,
    SearchStore {
  readonly siteId: string
}

/** The store can't be reached, or didn't answer: nothing is known of what was asked. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super('the store does not answer', { cause })
    this.name = 'StoreUnavailable'
  }
}
