import type { ApiKeyStore } from '../../../features/api-key/index.ts'
import type { AuthStore } from '../../../features/auth/index.ts'
import type { OperatorStore } from '../../../features/operator/index.ts'
import type { PhoneStore } from '../../../features/phone/index.ts'
import type { SiteStore } from '../../../features/site/index.ts'
import type { UserStore } from '../../../features/user/index.ts'
import { orUnavailable } from '../store/or-unavailable.ts'
import { createApiKeyStore } from './api-key-rows.ts'
import { createAuthStore } from './auth-rows.ts'
import { createOperatorStore } from './operator-rows.ts'
import type { AccountsPart } from './part.ts'
import { createPhoneStore } from './phone-rows.ts'
import { createSiteStore } from './site-rows.ts'
import { createUserStore } from './user-rows.ts'

export interface AccountStores {
  readonly auth: AuthStore
  readonly phones: PhoneStore
  readonly users: UserStore
  readonly operators: OperatorStore
  readonly keys: ApiKeyStore
  readonly sites: SiteStore
}

/** Accounts, logins, keys and the site's settings, each through the eyes of the feature that owns it. */
export const createAccountStores = (part: AccountsPart): AccountStores => ({
  auth: orUnavailable(createAuthStore(part)),
  phones: orUnavailable(createPhoneStore(part)),
  users: orUnavailable(createUserStore(part)),
  operators: orUnavailable(createOperatorStore(part)),
  keys: orUnavailable(createApiKeyStore(part)),
  sites: orUnavailable(createSiteStore(part)),
})
