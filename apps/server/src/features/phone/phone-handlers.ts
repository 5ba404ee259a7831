import { CODE_RETRY_SECONDS, CODE_SECONDS, Failure } from '@parley/contracts'
import type { Clock, Ids } from '@parley/core'
import { problemText } from '../../operations/problems.ts'
import type { Handlers, Locale, ServerContext } from '../../operations/types.ts'
import { hashOfSecret } from '../../secrets/make-secret.ts'
import { format, textsOf } from '../../texts/translate.ts'
import {
  type AuthParts,
  describeLogin,
  loginPair,
  networkOf,
  newRefreshToken,
  refreshMs,
} from '../auth/index.ts'
import { allowances } from './allowances.ts'
import { hashOfCode, newCode } from './code.ts'
import { phoneNumberOf } from './phone-number.ts'
import type { PhoneStore } from './phone-store.ts'
import type { Sms } from './sms.ts'

export interface PhoneParts {
  readonly auth: AuthParts
  readonly store: PhoneStore
  /** Null: this server sends no texts. */
  readonly sms: Sms | null
  readonly clock: Clock
  readonly ids: Ids
  /** What codes are hashed with. */
  readonly secret: string
  readonly defaultRegion: string | null
  /** For an address; 0: no limit. */
  readonly codeLimitPerHour: number
  readonly siteName: () => string
}

export type PhoneHandlers = Pick<Handlers, 'auth.send-code' | 'auth.verify-code'>

export const phoneHandlers = (parts: PhoneParts): PhoneHandlers => ({
  'auth.send-code': async (context, input) => {
    const { sms, store, secret } = parts
    const phone = numberOf(parts, context, input.phone)
    if (sms === null) throw new Failure('unavailable', { reason: 'sms_off' })
    const code = newCode()
    const at = parts.clock.now()
    const kept = {
      id: parts.ids.next(),
      phone,
      address: networkOf(context.address),
      hash: hashOfCode(secret, phone, code),
      at,
      expiresAt: at + CODE_SECONDS * 1000,
    }
    const waitMs = await store.keepCode(kept, allowances(parts.codeLimitPerHour))
    if (waitMs > 0) throw new Failure('rate_limited', { seconds: Math.ceil(waitMs / 1000) })
    const text = textOf(context.locale, parts.siteName(), code)
    const { kind } = await sms.send({ to: phone, code, text, at: new Date(at).toISOString() })
    await store.handedOver(kept, kind)
    if (kind !== 'sent') throw new Failure('unavailable', { reason: 'sms' })
    return { expiresIn: CODE_SECONDS, retryAfter: CODE_RETRY_SECONDS }
  },

  'auth.verify-code': async (context, input) => {
    const { auth, ids } = parts
    const phone = numberOf(parts, context, input.phone)
    const refresh = newRefreshToken()
    const how = {
      kind: 'phone',
      lastsMs: refreshMs(auth.jwtExpiresInSeconds),
      refresh: { id: ids.next(), hash: hashOfSecret(refresh) },
    } as const
    const begun = await parts.store.loginByCode(
      {
        phone,
        hash: hashOfCode(parts.secret, phone, input.code),
        at: parts.clock.now(),
        newAccount: { id: ids.next(), nickname: input.nickname ?? null },
      },
      account => describeLogin(auth, context, account, how),
    )
    if (begun === null) throw new Failure('unauthorized', { reason: 'code' })
    return { ...(await loginPair(auth, begun, refresh)), isNewUser: begun.isNew }
  },
})

function numberOf(
  { defaultRegion }: Pick<PhoneParts, 'defaultRegion'>,
  { locale }: Pick<ServerContext, 'locale'>,
  text: string,
): string {
  const phone = phoneNumberOf(text, defaultRegion)
  if (phone !== null) return phone
  throw new Failure('validation_failed', {}, [{ path: 'phone', message: problemText(locale, 'phone') }])
}

const textOf = (locale: Locale, site: string, code: string): string =>
  format(locale, textsOf(locale).sms.code, { site, code, minutes: CODE_SECONDS / 60 })
