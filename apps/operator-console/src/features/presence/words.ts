import type { PresenceSnapshot } from '@parley/sdk'
import { shortTime } from '../../i18n/time.ts'
import type { Texts } from '../../i18n/translate.ts'

/** Where a person is, and since when it was not seen. */
export function presenceText(texts: Texts, presence: PresenceSnapshot, now: number): string {
  const { status, lastSeen } = presence
  if (status !== 'offline' || lastSeen === null) return texts(`presence.${status}`)
  return texts('presence.last_seen', { at: shortTime(texts, Date.parse(lastSeen), now) })
}
