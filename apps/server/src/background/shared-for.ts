import type { Clock } from '@parley/core'

export interface Shared<T> {
  (): Promise<T>
  /** The next who asks gets a new answer. */
  forget(): void
}

/** One answer for everybody who asks within `ms`, so that many who ask cost no more than one. A failure is not kept. */
export function sharedFor<T>(clock: Clock, ms: number, load: () => Promise<T>): Shared<T> {
  let kept: { readonly until: number; readonly answer: Promise<T> } | null = null

  const ask = (): Promise<T> => {
    if (kept !== null && clock.now() < kept.until) return kept.answer
    const fresh = { until: clock.now() + ms, answer: load() }
    kept = fresh
    fresh.answer.catch(() => {
      if (kept === fresh) kept = null
    })
    return fresh.answer
  }
  const forget = () => {
    kept = null
  }
  return Object.assign(ask, { forget })
}
