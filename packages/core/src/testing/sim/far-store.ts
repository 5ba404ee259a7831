import { type Store, StoreUnavailable } from '../../ports/store.ts'
import type { SimClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Random } from './random.ts'

interface Parts {
  readonly clock: SimClock
  readonly random: Random
  readonly faults: () => Faults
  readonly isDown: () => boolean
  /** After each thing that was done, whether or not its answer arrives. */
  readonly done: (name: keyof Store) => void
}

/** A store at the other end of a network: late, and sometimes failing before what was asked is done, or after. */
export function farStore(store: Store, { clock, random, faults, isDown, done }: Parts): Store {
  const far =
    (name: keyof Store, ask: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]): Promise<unknown> => {
      const { storeDelayMs, storeFailsBefore, storeFailsAfter } = faults()
      await clock.sleep(random.between(0, storeDelayMs))
      if (isDown() || random.happens(storeFailsBefore)) throw new StoreUnavailable('before')
      const answer = await ask(...args)
      done(name)
      if (random.happens(storeFailsAfter)) throw new StoreUnavailable('after')
      return answer
    }
  const methods = Object.entries(store).map(([name, value]) => [
    name,
    typeof value === 'function' ? far(name as keyof Store, value) : value,
  ])
  return Object.fromEntries(methods) as Store
}
