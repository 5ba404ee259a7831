import type { Role } from '@parley/contracts'
import type { Deed } from '../audit/index.ts'
import type { Revocation, RevocationTable } from './revocations.ts'

/** A person who has a row. Times are ISO 8601. */
export interface Account {
  readonly id: string
  readonly role: Role
  readonly username: string | null
  readonly passwordHash: string | null
  /** Somebody else has made its password. */
  readonly mustChangePassword: boolean
  readonly realName: string | null
  readonly nickname: string | null
  /** The name it answers visitors by; null for one who is no operator. */
  readonly operatorName: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly avatar: string | null
  readonly isActive: boolean
  readonly lastSeenAt: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

/** What a person is called by others. */
export const displayNameOf = (account: Account): string | null =>
  account.operatorName ?? account.realName ?? account.nickname ?? account.username

export type LoginKind = 'password' | 'phone' | 'console' | 'token'

/** Times in milliseconds. */
export interface Login {
  readonly id: string
  readonly userId: string
  readonly kind: LoginKind
  readonly startedAt: number
  readonly expiresAt: number
}

export interface RefreshSecret {
  readonly id: string
  /** Hex SHA-256: the secret itself is kept by its owner only. */
  readonly hash: string
}

export interface NewLogin extends Login {
  readonly userAgent: string | null
  readonly refresh: RefreshSecret | null
}

export type Rotation =
  | { readonly kind: 'rotated'; readonly login: Login; readonly account: Account }
  /** It had been used: somebody else has it too, so the login has ended. */
  | { readonly kind: 'reused'; readonly login: Login; readonly revocations: readonly Revocation[] }
  /** Unknown, too old, or of a login that has ended. */
  | { readonly kind: 'refused' }

/** What ended: dead tokens, and the logins whose connections must close. */
export interface Ended {
  readonly revocations: readonly Revocation[]
  readonly loginIds: readonly string[]
}

/** Accounts and their logins. A method is atomic; a deed is kept with what it tells of. Times in milliseconds. */
export interface AuthStore extends RevocationTable {
  account(userId: string): Promise<Account | null>
  accountByUsername(username: string): Promise<Account | null>
  /**
   * Makes an account with an id that an integrator gave; answers with the one that was there if it was. Tokens that
   * the id had before it had an account are dead.
   */
  createAccount(
    account: { readonly id: string; readonly role: 'operator' | 'system'; readonly name: string },
    at: number,
    deed: Deed,
  ): Promise<{
    readonly account: Account
    readonly created: boolean
    readonly revocations: readonly Revocation[]
  }>
  /** Name and e-mail of a user who has proved who it is; what is null stays as it was. Makes the row if there is none. */
  saveProfile(
    userId: string,
    profile: { readonly name: string | null; readonly email: string | null },
  ): Promise<Account>
  /** The name that others see, of an operator too. Null if there is no such account. */
  rename(userId: string, name: string, deed: Deed): Promise<Account | null>
  /**
   * Null if the account is not (any more) as it was when it was looked at: inactive, or with another password.
   * `passwordHash` null: somebody vouched for the person, no password was asked.
   */
  beginLogin(login: NewLogin, passwordHash: string | null, deed: Deed | null): Promise<Account | null>
  /** Null once it has ended. */
  login(loginId: string): Promise<Login | null>
  extendLogin(loginId: string, expiresAt: number): Promise<void>
  rotateRefresh(hash: string, next: RefreshSecret, at: number, expiresAt: number): Promise<Rotation>
  /** Also for a login that has no row, as those of people without an account have not. */
  endLogin(loginId: string, at: number): Promise<Ended>
  /** Ends every other login of the person. Null if the password is not the one it was. */
  changePassword(
    change: {
      readonly userId: string
      readonly from: string
      readonly to: string
      readonly keepLoginId: string
      readonly at: number
    },
    deed: Deed,
  ): Promise<Ended | null>
  /** Ends every login of the person, who must change it in the console. */
  setPassword(userId: string, passwordHash: string, at: number, deed: Deed): Promise<Ended>
  /** Drops what can no longer count: revocations, logins and refresh tokens that expired before. */
  forgetExpired(before: number): Promise<void>
}
