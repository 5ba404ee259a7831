import type { Strategy } from '@parley/contracts'

/** An SQL enum has no hyphens. */
export type StoredStrategy = 'round_robin' | 'least_busy'

export const toStrategy = (stored: StoredStrategy | null): Strategy | null =>
  stored === null ? null : stored === 'round_robin' ? 'round-robin' : 'least-busy'

export const fromStrategy = (strategy: Strategy | null): StoredStrategy | null =>
  strategy === null ? null : strategy === 'round-robin' ? 'round_robin' : 'least_busy'
