import type { Deed } from '../audit/index.ts'
import type { Ended } from '../auth/index.ts'

export interface NewOperator {
  readonly id: string
  readonly name: string
  readonly username: string | null
  readonly passwordHash: string | null
  /** Somebody else has made its password. */
  readonly mustChangePassword: boolean
  readonly avatar: string | null
  readonly maxUsers: number
}

/** What is undefined stays as it is. */
export interface OperatorChanges {
  readonly name: string | undefined
  readonly avatar: string | undefined
  readonly username: string | undefined
  readonly passwordHash: string | undefined
  readonly isActive: boolean | undefined
}

/** The accounts of operators; who gets which session is decided elsewhere. A deed is kept with what it tells of. */
export interface OperatorStore {
  createOperator(operator: NewOperator, deed: Deed): Promise<'created' | 'username-taken'>
  /**
   * Null if there is no such operator. A password in the place of another, or being made inactive, ends every login it
   * has: those are in the answer. Such a password must be changed in the console. Milliseconds.
   */
  updateOperator(
    operatorId: string,
    changes: OperatorChanges,
    at: number,
    deed: Deed,
  ): Promise<Ended | 'username-taken' | null>
}
