import { useTexts } from '../i18n/i18n.tsx'
import { exactTime, shortTime } from '../i18n/time.ts'
import { useMinutes } from '../i18n/use-now.ts'

/** A time: relative to the eye, exact on hover. */
export function When({ at, className = '' }: { at: string | null; className?: string }) {
  const texts = useTexts()
  const now = useMinutes()
  if (at === null) return <span className={className}>{texts('never')}</span>
  const time = Date.parse(at)
  return (
    <time className={`numbers ${className}`} dateTime={at} title={exactTime(texts, time)}>
      {shortTime(texts, time, now)}
    </time>
  )
}
