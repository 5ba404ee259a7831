import type { Deed } from '../audit/index.ts'
import type { Account, NewLogin } from '../auth/index.ts'
import type { Allowance } from './allowances.ts'
import type { Handover } from './sms.ts'

/** Times in milliseconds. */
export interface NewPhoneCode {
  readonly id: string
  readonly phone: string
  /** Who asks for it: an address, or the network of one. */
  readonly address: string
  readonly hash: string
  readonly at: number
  readonly expiresAt: number
}

export interface CodeTry {
  readonly phone: string
  readonly hash: string
  readonly at: number
  /** For a number that has no account yet. */
  readonly newAccount: { readonly id: string; readonly nickname: string | null }
}

export interface BegunByCode {
  readonly account: Account
  readonly login: NewLogin
  readonly isNew: boolean
}

/** Codes that were sent, and the accounts they open. A method is atomic; what concerns one number comes one after another. */
export interface PhoneStore {
  /**
   * Keeps a code that is about to be sent, unless an allowance is used up: then it answers with the milliseconds until
   * none is. 0: it is kept.
   */
  keepCode(code: NewPhoneCode, allowances: readonly Allowance[]): Promise<number>
  /** A code that was sent takes the place of those before it; one that was refused is as if it had never been. */
  handedOver(code: Pick<NewPhoneCode, 'id' | 'phone' | 'at'>, how: Handover['kind']): Promise<void>
  /**
   * Uses the code up and begins the login that `begin` describes. Null if the code is not (any more) one of this number,
   * which counts as a wrong try; and for an account that is not active.
   */
  loginByCode(
    given: CodeTry,
    begin: (account: Pick<Account, 'id' | 'role'>) => {
      readonly login: NewLogin
      readonly deed: Deed | null
    },
  ): Promise<BegunByCode | null>
  /** Drops codes that were sent before. */
  forgetCodes(before: number): Promise<void>
}
