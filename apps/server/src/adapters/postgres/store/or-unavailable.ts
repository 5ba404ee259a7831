import { StoreUnavailable } from '@parley/core'
import { isAway } from './away.ts'

type Methods = Record<string, (...args: never[]) => Promise<unknown>>

/** The same methods; whatever says that the database is away fails as `StoreUnavailable`, here and nowhere else. */
export function orUnavailable<M extends object>(methods: M): M {
  const guarded = Object.entries(methods as Methods).map(([name, method]) => [
    name,
    async (...args: never[]) => {
      try {
        return await method(...args)
      } catch (error) {
        throw isAway(error) ? new StoreUnavailable(error) : error
      }
    },
  ])
  return Object.fromEntries(guarded)
}
