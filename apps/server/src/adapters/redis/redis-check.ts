import { Redis } from 'ioredis'

export interface RedisCheck {
  /** Rejects if Redis does not answer. */
  ping(): Promise<void>
  close(): void
}

/** Milliseconds. */
const ANSWER_WITHIN = 2000

/** A connection of its own, so that what waits on another one does not hold up the question. */
export function createRedisCheck(url: string): RedisCheck {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_WITHIN,
    commandTimeout: ANSWER_WITHIN,
    maxRetriesPerRequest: 0,
    retryStrategy: tries => Math.min(tries * 200, ANSWER_WITHIN),
  })
  let lastError: Error | undefined
  client.on('error', error => {
    lastError = error
  })
  return {
    async ping() {
      lastError = undefined
      try {
        await client.ping()
      } catch (error) {
        // "Reached the max retries" says less than what the connection died of.
        throw lastError ?? error
      }
    },
    close: () => client.disconnect(),
  }
}
