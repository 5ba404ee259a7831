/**
 * What became of a request in a batch. `again`: not decided this time, it goes into the next batch, before newer ones;
 * `failed`: it alone.
 */
export type Gathered<Result> =
  | { readonly kind: 'decided'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'again' }

/** Decides a batch as a whole: an answer for each request, in order, or a failure for all. */
export type Decide<Request, Result> = (batch: readonly Request[]) => Promise<readonly Gathered<Result>[]>

interface Waiting<Request, Result> {
  readonly request: Request
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

const PAUSE_MIN_MS = 1
const PAUSE_MAX_MS = 50

/**
 * Group commit: while a batch is under way, the next one gathers; then everything that waits goes together.
 * Requests are decided in the order they came. After a batch in which all must come again it waits a little.
 */
export function gather<Request, Result>(decide: Decide<Request, Result>, most: number) {
  let waiting: Waiting<Request, Result>[] = []
  let running = false
  let pause = 0

  const settle = (batch: Waiting<Request, Result>[], answers: readonly Gathered<Result>[]) => {
    const again = batch.filter((one, place) => {
      const answer = answers[place]
      if (answer?.kind === 'decided') one.resolve(answer.result)
      else if (answer?.kind === 'failed') one.reject(answer.error)
      else if (!answer) one.reject(new Error('a batch has left a request without an answer'))
      return answer?.kind === 'again'
    })
    waiting = again.concat(waiting)
    pause = again.length === batch.length ? Math.min(PAUSE_MAX_MS, Math.max(PAUSE_MIN_MS, pause * 2)) : 0
  }

  const runOne = async () => {
    const batch = waiting.slice(0, most)
    waiting = waiting.slice(most)
    try {
      settle(batch, await decide(batch.map(({ request }) => request)))
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    if (pause > 0) await new Promise(resume => setTimeout(resume, pause))
  }

  const run = async () => {
    running = true
    // What comes in the same turn of the event loop goes together.
    await new Promise<void>(setImmediate)
    while (waiting.length > 0) await runOne()
    running = false
  }

  return (request: Request): Promise<Result> =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      if (!running) void run()
    })
}
