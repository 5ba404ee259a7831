import { SimClock } from '../src/testing/sim/clock.ts'

/** All promises that can go on have gone on. */
export const settle = (): Promise<void> =>
  new Promise(resolve => {
    setImmediate(resolve)
  })

export const simClock = (): SimClock => new SimClock(settle)
