import type { Role } from '@parley/contracts'
import type { Deed } from '../audit/index.ts'
import type { Account } from '../auth/index.ts'

/** What is absent stays as it was; null empties. */
export interface ProfileChanges {
  readonly nickname?: string
  readonly realName?: string | null
  readonly email?: string | null
  /** The file of the one before is dropped. */
  readonly avatar?: string
}

export interface UserStore {
  /**
   * Makes the row of a customer who has none yet. Null for one who was erased, and for anybody else without a row. What
   * staff is really called, visitors see too.
   */
  changeProfile(
    user: { readonly id: string; readonly role: Role; readonly name: string | null },
    changes: ProfileChanges,
    deed: Deed | null,
  ): Promise<Account | null>
}
