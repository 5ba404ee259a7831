import type { CoreSettings } from '../../node/chat-node.ts'
import { CALM, type Faults } from '../sim/faults.ts'
import type { Random } from '../sim/random.ts'

/** What a seed makes of a world. Times in milliseconds. */
export interface Plan {
  readonly servers: number
  readonly operators: readonly { readonly id: string; readonly maxUsers: number }[]
  readonly visitors: readonly string[]
  /** Whom visitors may prove to be. */
  readonly users: readonly string[]
  /** Who has an account, and friends. */
  readonly members: readonly string[]
  /** Whose app keeps no numbers; those of `mutes` never answer a ping. */
  readonly phones: readonly string[]
  readonly mutes: readonly string[]
  readonly stormMs: number
  readonly actEveryMs: number
  readonly faults: Faults
  /** How often, on average, a server is killed, the store is away, a server is cut off the bus; 0: never. */
  readonly killEveryMs: number
  readonly outageEveryMs: number
  readonly busCutEveryMs: number
  readonly settings: CoreSettings
}

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`)

/** From quiet worlds with one server to wild ones in which everything fails at once. */
export function planOf(random: Random): Plan {
  const wildness = random.next()
  const share = (most: number) => (random.happens(0.6) ? random.next() * most * wildness : 0)
  const every = (least: number) => (random.happens(0.5 * wildness) ? random.between(least, 4 * least) : 0)
  return {
    servers: random.between(1, 3),
    operators: names('operator-', random.between(1, 4)).map(id => ({ id, maxUsers: random.between(0, 3) })),
    visitors: names('visitor-', random.between(2, 6)),
    users: names('user-', random.between(0, 2)),
    stormMs: random.between(2000, 9000),
    actEveryMs: random.between(150, 900),
    faults: {
      busLoss: share(0.5),
      busRepeat: share(0.3),
      busDelayMs: random.pick([2, 20, 300]) ?? 2,
      storeFailsBefore: share(0.15),
      storeFailsAfter: share(0.15),
      storeDelayMs: random.pick([2, 20, 80]) ?? 2,
      linkDelayMs: random.pick([10, 50, 200]) ?? 10,
      requestLoss: share(0.3),
      requestRepeat: share(0.3),
    },
    killEveryMs: every(3000),
    outageEveryMs: every(3000),
    busCutEveryMs: every(2000),
    ...chatOf(random),
    settings: {
      messageMaxLength: 1000,
      operatorGraceMs: random.between(1500, 4000),
      waitingTimeoutMs: random.pick([0, 3000, 600_000]) ?? 0,
      idleTimeoutMs: random.pick([0, 4000, 600_000]) ?? 0,
      recallWindowMs: random.pick([1000, 120_000]) ?? 0,
      directMessages: random.happens(0.2) ? 'anyone' : 'friends',
      fileHosts: [],
    },
  }
}

/** Not in every world: some have a desk alone. */
function chatOf(random: Random): Pick<Plan, 'members' | 'phones' | 'mutes'> {
  if (random.happens(0.4)) return { members: [], phones: [], mutes: [] }
  return {
    members: names('member-', random.between(2, 4)),
    phones: names('phone-', random.between(0, 2)),
    mutes: names('mute-', random.happens(0.2) ? 1 : 0),
  }
}

/** After the storm: the same delays, no failures. */
export const calmAfter = (plan: Plan): Faults => ({
  ...CALM,
  storeDelayMs: Math.min(plan.faults.storeDelayMs, 20),
})
