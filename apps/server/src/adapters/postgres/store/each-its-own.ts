import { isAway } from './away.ts'
import { despiteRaces } from './despite-races.ts'
import type { Decide, Gathered } from './gather.ts'

/**
 * For a `decide` that happens whole or not at all: a batch that loses a race is decided again, and one that fails
 * because of what is in it is decided request by request, so that one's fault fails nobody else.
 */
export function eachItsOwn<Request, Result>(decide: Decide<Request, Result>): Decide<Request, Result> {
  const whole: Decide<Request, Result> = batch => despiteRaces(() => decide(batch))
  return async batch => {
    try {
      return await whole(batch)
    } catch (error) {
      if (batch.length === 1 || isAway(error)) throw error
      return await oneByOne(whole, batch)
    }
  }
}

async function oneByOne<Request, Result>(
  decide: Decide<Request, Result>,
  batch: readonly Request[],
): Promise<Gathered<Result>[]> {
  const answers: Gathered<Result>[] = []
  for (const request of batch) {
    try {
      answers.push(...(await decide([request])))
    } catch (error) {
      answers.push({ kind: 'failed', error })
    }
  }
  return answers
}
