import { isAway } from './away.ts'
import { errorCode } from './error-code.ts'
import type { Decide, Gathered } from './gather.ts'

/** A batch that loses a race is asked again so often before it is taken apart. */
const TRIES = 4
/** A unique key that another transaction has just taken, a failed serialization, a deadlock. */
const LOST_A_RACE = new Set(['23505', '40001', '40P01'])

/**
 * For a `decide` that happens whole or not at all: a batch that loses a race is decided again, and one that fails
 * because of what is in it is decided request by request, so that one's fault fails nobody else.
 */
export function eachItsOwn<Request, Result>(decide: Decide<Request, Result>): Decide<Request, Result> {
  const whole: Decide<Request, Result> = async batch => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await decide(batch)
      } catch (error) {
        if (attempt === TRIES || !LOST_A_RACE.has(errorCode(error))) throw error
      }
    }
  }
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
