import { Failure } from '@parley/contracts'
import type { Person } from '@parley/core'
import type { Identify } from '../../operations/identify.ts'
import type { Credentials } from '../../operations/types.ts'

/** Milliseconds. */
const RECHECK_EVERY = 60_000

/** A person who has come in, and what it came in with. */
export interface Admitted {
  readonly person: Person
  /** null: open mode took its word. */
  readonly credentials: Credentials | null
}

export interface Recheck {
  /** Ends the connection once its credential counts no more. The answer stops looking. */
  watch(admitted: Admitted, address: string, end: () => void): () => void
  stop(): void
}

/** A connection lasts no longer than its credential: tokens expire while connections are open. */
export function startRecheck(identify: Identify): Recheck {
  const looks = new Set<() => Promise<void>>()
  const timer = setInterval(() => {
    for (const look of looks) void look()
  }, RECHECK_EVERY)
  timer.unref()
  return {
    watch({ person, credentials }, address, end) {
      if (credentials === null) return () => undefined
      const look = async () => {
        if (!(await isStill(person, identify(credentials, address)))) end()
      }
      looks.add(look)
      return () => looks.delete(look)
    },
    stop: () => clearInterval(timer),
  }
}

/** What can't be found out now is asked again: an outage logs nobody out. */
async function isStill(person: Person, identified: ReturnType<Identify>): Promise<boolean> {
  try {
    const caller = await identified
    return caller.kind === 'person' && caller.userId === person.userId
  } catch (error) {
    return !(error instanceof Failure) || error.code !== 'unauthorized'
  }
}
