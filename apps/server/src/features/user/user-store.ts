import type { Role } from '@parley/contracts'
import type { Deed } from '../audit/index.ts'
import type { Account, Ended } from '../auth/index.ts'

/** What is absent stays as it was; null empties. */
export interface ProfileChanges {
  readonly nickname?: string
  readonly realName?: string | null
  readonly email?: string | null
  /** The file of the one before is dropped. */
  readonly avatar?: string
}

/** What an admin or an integrator says of somebody. What is absent stays as it was; null empties. */
export interface UserChanges extends Omit<ProfileChanges, 'nickname'> {
  readonly username?: string
  readonly passwordHash?: string
  /** Of that password, where it takes the place of none; in the place of another it must be changed anyway. */
  readonly mustChangePassword?: boolean
  readonly nickname?: string | null
  /** E.164. */
  readonly phone?: string | null
  readonly role?: Exclude<Role, 'visitor' | 'system'>
  readonly isActive?: boolean
}

export interface SavedUser {
  readonly account: Account
  readonly created: boolean
  /** Of another role, with another password, or not active any more. */
  readonly ended: Ended
}

/** Why a user can't be saved. */
export type SaveRefusal = 'username-taken' | 'phone-taken' | 'erased'

export interface UserStore {
  /**
   * Makes the row, a user's if no role is said, or changes the one there is. An operator gets its place in the pool, which
   * it leaves and comes back to by a turn (`limit`); who may write to whom follows a role in the same step (F11). A new
   * role, a password in the place of another and being made inactive end every login. Milliseconds.
   */
  save(
    user: { readonly id: string; readonly changes: UserChanges },
    at: number,
    deed: Deed,
  ): Promise<SavedUser | SaveRefusal>
  /** What `save` would say as things stand, before anything is done that it can't take back; null: it would save. */
  saveRefusal(user: { readonly id: string; readonly changes: UserChanges }): Promise<SaveRefusal | null>
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
