import type { SimClock } from '../sim/clock.ts'
import type { Faults } from '../sim/faults.ts'
import type { Random } from '../sim/random.ts'
import type { Ledger } from './ledger.ts'
import type { Server } from './server.ts'
import type { Wire } from './wire.ts'

/** What a client has around it. */
export interface Surroundings {
  readonly clock: SimClock
  readonly random: Random
  readonly servers: readonly Server[]
  readonly ledger: Ledger
  readonly faults: () => Faults
  /** A new way to a server, with whatever is planted in it. */
  readonly link: () => Wire
  /** Something that must not happen has: the world stops. */
  readonly fail: (cause: unknown) => void
}
