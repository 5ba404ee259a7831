import type { Session } from '@parley/contracts'
import { useTexts } from '../../i18n/i18n.tsx'
import { estimateText } from './words.ts'

/** Where the visitor stands, as it changes. */
export function QueueNote({ session, here }: { session: Session; here: boolean }) {
  const texts = useTexts()
  const { queuePosition, queueEstimate } = session
  const known = queuePosition === null ? '' : texts('queue.position', { n: queuePosition })
  return (
    <p className="queue-note numbers" role="status">
      {here ? (
        <>
          <strong>{known}</strong> {estimateText(texts, queueEstimate)} {texts('queue.write')}
        </>
      ) : (
        texts('queue.nobody')
      )}
    </p>
  )
}
