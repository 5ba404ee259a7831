import { errorCode } from './error-code.ts'

/** What loses a race is done again so often. */
const TRIES = 4
/** A unique key that another transaction has just taken, a failed serialization, a deadlock. */
const LOST_A_RACE = new Set(['23505', '40001', '40P01'])

/** Does what happens whole or not at all, and does it again if another transaction was quicker. */
export async function despiteRaces<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === TRIES || !LOST_A_RACE.has(errorCode(error))) throw error
    }
  }
}
