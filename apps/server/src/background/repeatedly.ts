import type { Clock } from '@parley/core'

/** Told of what went wrong behind everyone's back and will be tried again. */
export type Report = (problem: { readonly what: string; readonly cause: unknown }) => void

/** Runs the task again and again, `ms` after it has ended the last time. The answer stops it. */
export function repeatedly(options: {
  readonly clock: Clock
  readonly ms: number
  /** For the report, should it fail. */
  readonly what: string
  readonly report: Report
  readonly task: () => Promise<void>
}): () => void {
  const { clock, ms, what, report, task } = options
  let stopped = false
  let cancel: () => void = () => undefined
  const again = () => {
    if (stopped) return
    cancel = clock.after(ms, () => {
      task()
        .catch(cause => report({ what, cause }))
        .finally(again)
    })
  }
  again()
  return () => {
    stopped = true
    cancel()
  }
}
