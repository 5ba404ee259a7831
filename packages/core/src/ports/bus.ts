import type { Happening } from '@parley/contracts'

/** What one node tells all nodes, itself included. The bus is a hint: messages may be lost, late, repeated or out of order. */
export type BusMessage =
  /** A counted change of a session. `alsoTo` hear it without having joined. */
  | {
      readonly kind: 'change'
      readonly sessionId: string
      readonly change: number
      readonly happening: Happening
      readonly alsoTo: readonly string[]
    }
  /** Something uncounted for the listeners of a session: typing, presence, marks. `except` and `only` are people. */
  | {
      readonly kind: 'signal'
      readonly sessionId: string
      readonly happening: Happening
      readonly except?: string
      readonly only?: string
    }
  /** Something uncounted for all connections of some people, and of all staff with `staffToo`. */
  | {
      readonly kind: 'people'
      readonly userIds: readonly string[]
      readonly staffToo?: true
      readonly happening: Happening
    }
  /** These people take part in the session now: their inboxes begin to hear it. */
  | { readonly kind: 'joined'; readonly sessionId: string; readonly userIds: readonly string[] }
  /** Sessions or operators have changed: whoever shows lists or queue positions looks again. */
  | {
      readonly kind: 'lists'
      readonly sessionIds: readonly string[]
      readonly operatorIds: readonly string[]
    }
  /** A login has ended, or with `userId` all logins of a person: their connections close. */
  | { readonly kind: 'login-ended'; readonly loginId: string | null; readonly userId: string | null }

export interface Bus {
  publish(message: BusMessage): void
  /** The answer ends the subscription. */
  subscribe(listener: (message: BusMessage) => void): () => void
  /** Called whenever messages may have been missed (the bus was away and is back). */
  onRecovered(listener: () => void): () => void
}
