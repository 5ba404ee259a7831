import type { Clock } from '@parley/core'
import type { Settings } from '../../config/settings.ts'
import type { Handover, Sms } from '../../features/phone/index.ts'
import { createOutbox } from './outbox.ts'
import { createWebhook } from './webhook.ts'

/** Null: texts are sent nowhere. Tells `observe` of every text, by what became of it. */
export function createSms(
  { sms, dataDir }: Pick<Settings, 'sms' | 'dataDir'>,
  clock: Pick<Clock, 'now'>,
  observe: (handover: Handover) => void,
): Sms | null {
  if (sms === null) return null
  const driver = sms.driver === 'outbox' ? createOutbox(dataDir) : createWebhook({ ...sms, clock })
  return {
    async send(text) {
      const handover = await driver.send(text)
      observe(handover)
      return handover
    },
  }
}
