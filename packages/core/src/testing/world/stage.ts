import type { MemoryStore } from '../memory-store/memory-store.ts'
import type { SimClock } from '../sim/clock.ts'
import type { Random } from '../sim/random.ts'
import type { Client } from './client.ts'
import type { Ledger } from './ledger.ts'
import type { Member } from './member.ts'
import type { Operator } from './operator.ts'
import type { Phone } from './phone.ts'
import type { Plan } from './plan.ts'
import type { Server } from './server.ts'

/** A world as its storm and its judges see it. */
export interface Stage {
  readonly clock: SimClock
  readonly random: Random
  readonly plan: Plan
  readonly store: MemoryStore
  readonly ledger: Ledger
  readonly servers: readonly Server[]
  readonly operators: readonly Operator[]
  readonly visitors: readonly Client[]
  readonly members: readonly Member[]
  readonly phones: readonly Phone[]
  readonly clients: readonly Client[]
  storeIsDown: boolean
  pass(ms: number): Promise<void>
  fail(cause: unknown): void
}
