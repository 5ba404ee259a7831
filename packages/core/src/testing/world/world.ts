import type { BusMessage } from '../../ports/bus.ts'
import type { Store } from '../../ports/store.ts'
import { createMemoryStore, type MemoryStore } from '../memory-store/memory-store.ts'
import { SimBus } from '../sim/bus.ts'
import { type Settle, SimClock } from '../sim/clock.ts'
import { farStore } from '../sim/far-store.ts'
import type { Faults } from '../sim/faults.ts'
import { SimIds } from '../sim/ids.ts'
import { Link } from '../sim/link.ts'
import { Random } from '../sim/random.ts'
import { BondWatch } from './bond-watch.ts'
import type { Client } from './client.ts'
import { checkDesk } from './desk-rules.ts'
import { Ledger } from './ledger.ts'
import { Member } from './member.ts'
import { Operator } from './operator.ts'
import { Phone } from './phone.ts'
import { calmAfter, type Plan, planOf } from './plan.ts'
import { checkReplicas, checkRest } from './quiet-rules.ts'
import { Server } from './server.ts'
import type { Stage } from './stage.ts'
import { Storm } from './storm.ts'
import type { Surroundings } from './surroundings.ts'
import { Visitor } from './visitor.ts'
import type { Wire } from './wire.ts'

/** Until what the bus has lost is found in the store. Milliseconds. */
const HEALS_MS = 5500
/** Until dead nodes are buried, graces and deadlines have passed, and lists have been looked at whole. Milliseconds. */
const RESTS_MS = 20_000

const WRITES: ReadonlySet<keyof Store> = new Set([
  ...(['turn', 'append', 'recall', 'react', 'openPrivate', 'openGroup', 'changeGroup'] as const),
  ...(['ask', 'accept', 'unfriend', 'block', 'unblock'] as const),
])

/** What a test may plant into a world, to see that it is found. */
export interface Planted {
  readonly store?: (store: MemoryStore, random: Random) => Store
  readonly link?: (link: Wire, random: Random) => Wire
  /** What the bus never carries. */
  readonly busLoses?: (message: BusMessage) => boolean
}

/** Nodes, clients and a store in one simulated world, all of it from one seed. */
export class World implements Stage {
  readonly clock: SimClock
  readonly random: Random
  readonly plan: Plan
  readonly store: MemoryStore
  readonly ledger = new Ledger()
  readonly servers: Server[]
  readonly visitors: Visitor[]
  readonly operators: Operator[]
  readonly members: Member[]
  readonly phones: Phone[]
  storeIsDown = false
  private readonly bonds: BondWatch
  /** The nodes' own way to the store. */
  readonly far: Store
  private faults: Faults
  private broken: { readonly cause: unknown } | null = null

  constructor(seed: number, settle: Settle, planted: Planted = {}) {
    this.random = new Random(seed)
    this.clock = new SimClock(settle)
    this.plan = planOf(this.random)
    this.faults = this.plan.faults
    this.bonds = new BondWatch(this.plan.settings.directMessages === 'anyone')
    this.store = createMemoryStore({ clock: this.clock })
    const { clock, random } = this
    const faults = () => this.faults
    this.far = farStore(planted.store?.(this.store, random) ?? this.store, {
      ...{ clock, random, faults },
      isDown: () => this.storeIsDown,
      done: name => this.afterStep(name),
    })
    const bus = new SimBus({ clock, random, faults, loses: planted.busLoses })
    const ids = new SimIds(clock, random)
    const { settings } = this.plan
    const unexpected = (cause: unknown) => this.fail(cause)
    const phoneNumber = (text: string) => text
    const ports = { store: this.far, clock, ids, phoneNumber }
    this.servers = Array.from(
      { length: this.plan.servers },
      (_, index) => new Server(`server-${index + 1}`, { ports, bus, settings, unexpected }),
    )
    const around: Surroundings = {
      ...{ clock, random, faults, ledger: this.ledger, servers: this.servers },
      link: () => {
        const link: Wire = new Link({ clock, random, delayMs: () => this.faults.linkDelayMs })
        return planted.link?.(link, random) ?? link
      },
      fail: cause => this.fail(cause),
    }
    this.visitors = [
      ...this.plan.visitors.map(id => new Visitor(around, id, 'visitor')),
      ...this.plan.users.map(id => new Visitor(around, id, 'user')),
    ]
    this.operators = this.plan.operators.map(({ id }) => new Operator(around, id, 'operator'))
    this.members = this.plan.members.map(id => new Member(around, id, 'user'))
    this.phones = [
      ...this.plan.phones.map(id => new Phone(around, id, false)),
      ...this.plan.mutes.map(id => new Phone(around, id, true)),
    ]
  }

  get clients(): Client[] {
    return [...this.visitors, ...this.operators, ...this.members, ...this.phones]
  }

  /** A whole life: a storm in which everything happens, and a calm after which everything must agree. */
  async run(): Promise<void> {
    const everyone = this.plan.operators.map(({ id }) => id)
    for (const { id, maxUsers } of this.plan.operators) this.store.fixtures.addOperator({ id, maxUsers })
    for (const operator of this.operators) operator.colleagues = everyone
    this.introduce()
    await this.start()
    const storm = new Storm(this)
    storm.begin()
    await this.pass(this.plan.stormMs)
    await storm.end()
    this.faults = calmAfter(this.plan)
    await this.settle(() => this.isSettled(), 40_000)
    await this.quiet()
    await checkReplicas(this, false)
    await this.pass(RESTS_MS)
    await checkRest(this)
    await this.reconnectAll()
    await checkReplicas(this, true)
  }

  /** Members know each other, operators, and those who have but a phone: who is all members' friend from the first. */
  private introduce(): void {
    const accounts = [...this.members, ...this.phones]
    for (const { userId } of accounts)
      this.store.fixtures.addPerson({ id: userId, role: 'user', name: userId })
    for (const member of this.members) {
      const others = [...accounts, ...this.operators.slice(0, 1)].filter(other => other !== member)
      member.others = others.map(({ userId }) => userId)
    }
    for (const member of this.members)
      for (const { userId } of accounts) {
        const isPhone = this.phones.some(phone => phone.userId === userId)
        if (userId !== member.userId && (isPhone || this.random.happens(0.5)))
          this.befriend(member.userId, userId)
      }
  }

  private befriend(a: string, b: string): void {
    const { friends } = this.store.rows
    const row = { remark: null, since: this.clock.now() }
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      friends.set(one, (friends.get(one) ?? new Map()).set(other, row))
  }

  private async reconnectAll(): Promise<void> {
    for (const client of this.clients) client.line?.cut()
    await this.pass(100)
    await this.settle(() => this.isSettled(), 20_000)
    await this.quiet()
  }

  /** Until nothing has changed for as long as it may take to be heard of. */
  private async quiet(): Promise<void> {
    for (let before = -1; before !== this.changes(); ) {
      before = this.changes()
      await this.pass(HEALS_MS)
    }
  }

  private changes(): number {
    return [...this.store.rows.sessions.values()].reduce((sum, { lastChange }) => sum + lastChange, 0)
  }

  fail(cause: unknown): void {
    this.broken ??= { cause }
  }

  /** Passes time in small steps, so that what breaks stops the world where it broke. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms
    while (this.clock.now() < end) {
      await this.clock.pass(Math.min(100, end - this.clock.now()))
      if (this.broken) throw this.broken.cause
    }
  }

  /** Until it is so; the rest is given back. */
  private async settle(isSo: () => boolean, limitMs: number): Promise<void> {
    const end = this.clock.now() + limitMs
    while (!isSo()) {
      await this.pass(500)
      if (this.clock.now() >= end) throw new Error(`not settled within ${limitMs} ms`)
    }
  }

  private isSettled(): boolean {
    return this.clients.every(client => client.isSettled() && client.outbox.isEmpty())
  }

  private async start(): Promise<void> {
    for (const server of this.servers) server.start().catch(cause => this.fail(cause))
    await this.pass(100)
    for (const client of this.clients) client.comeIn()
  }

  private afterStep(name: keyof Store): void {
    if (!WRITES.has(name)) return
    try {
      checkDesk(this.store.rows)
      this.bonds.check(this.store.rows, this.clock.now())
      if (name === 'append') this.ledger.check(this.store.rows)
    } catch (cause) {
      this.fail(cause)
    }
  }
}
