import { type FailureCode, ParleyError } from '@parley/sdk'
import type { Texts } from './translate.ts'

/** From so many seconds on, minutes are enough. */
const MINUTES_FROM = 120

/** What went wrong and what to do, in the console's own language. `null`: nothing. */
export function errorText(texts: Texts, error: unknown): string | null {
  if (error === null || error === undefined) return null
  if (!(error instanceof ParleyError)) return texts('error.internal')
  if (error.code === 'rate_limited' && error.retryAfterMs !== null) {
    return waitText(texts, Math.ceil(error.retryAfterMs / 1000))
  }
  // Of these the server says more than the code does.
  const told = error.code === 'conflict' && error.message !== error.code
  return told ? error.message : codeText(texts, error.code)
}

export const codeText = (texts: Texts, code: FailureCode): string => texts(`error.${code}`)

/** How long to wait before the next try. */
export const waitText = (texts: Texts, seconds: number): string =>
  seconds < MINUTES_FROM
    ? texts('error.rate_limited_for', { seconds: Math.max(1, seconds) })
    : texts('error.rate_limited_minutes', { minutes: Math.ceil(seconds / 60) })

/** What is wrong with one field, as the server says it. */
export function fieldProblem(error: unknown, path: string): string | null {
  if (!(error instanceof ParleyError)) return null
  return error.details.find(detail => detail.path === path)?.message ?? null
}

/** What is to be said of a form as a whole: nothing, if all that is wrong is said at its `fields`. */
export function formProblem(texts: Texts, error: unknown, fields: readonly string[]): string | null {
  const details = error instanceof ParleyError ? error.details : []
  const said = details.length > 0 && details.every(({ path }) => fields.includes(path))
  return said ? null : errorText(texts, error)
}
