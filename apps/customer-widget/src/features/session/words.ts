import type { Me, Session } from '@parley/contracts'
import { operatorName } from '../../i18n/operator-name.ts'
import type { Texts } from '../../i18n/texts.ts'

const MINUTE_MS = 60_000

/** How long the rest of the wait usually is. */
export function estimateText(texts: Texts, estimate: Session['queueEstimate']): string {
  if (!estimate) return ''
  if (estimate.toMs < MINUTE_MS) return texts('queue.soon')
  const from = Math.max(1, Math.round(estimate.fromMs / MINUTE_MS))
  const to = Math.ceil(estimate.toMs / MINUTE_MS)
  return from >= to ? texts('queue.about', { n: to }) : texts('queue.between', { from, to })
}

/** Who ended it, in words. */
export function endedText(texts: Texts, session: Session, me: Me | null): string {
  const { endedBy, endReason, operator, userId } = session
  if (endReason === 'abandoned') return texts('session.ended.abandoned')
  if (endedBy !== null && (endedBy === me?.id || endedBy === userId)) return texts('session.ended.you')
  if (operator && endedBy === operator.id)
    return texts('session.ended.other', { name: operatorName(texts, operator) })
  return texts('session.ended')
}
