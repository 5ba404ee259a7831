import { usePresence } from '@parley/sdk/react'
import { useTexts } from '../../i18n/i18n.tsx'
import { useMinutes } from '../../i18n/use-now.ts'
import { presenceText } from './words.ts'

/** In words; nothing where nobody knows. */
export function PresenceLine({ userId }: { userId: string }) {
  const texts = useTexts()
  const now = useMinutes()
  const presence = usePresence(userId)
  return presence && presenceText(texts, presence, now)
}
