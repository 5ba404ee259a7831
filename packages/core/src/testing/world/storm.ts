import { STRATEGIES } from '@parley/contracts'
import { SYSTEM } from '../../presence/system.ts'
import type { Client } from './client.ts'
import type { Server } from './server.ts'
import type { Stage } from './stage.ts'

/** While it lasts people act, servers die, the store and the bus go away, and somebody changes the settings. */
export class Storm {
  private readonly world: Stage
  private isOver = false
  private readonly repairs = new Set<Promise<void>>()

  constructor(world: Stage) {
    this.world = world
  }

  begin(): void {
    const { clients, members, servers, plan } = this.world
    for (const client of clients) this.again(plan.actEveryMs, () => client.act())
    // They have most to do.
    for (const member of members) this.again(plan.actEveryMs, () => member.act())
    for (const server of servers) {
      this.again(plan.killEveryMs, () => this.kill(server))
      this.again(plan.busCutEveryMs, () => this.cutBus(server))
    }
    this.again(plan.outageEveryMs, () => this.storeOutage())
    this.again(2000, () => this.decide())
  }

  /** Everything is mended; some people have gone for good. */
  async end(): Promise<void> {
    this.isOver = true
    await this.world.pass(1)
    while (this.repairs.size > 0) await this.world.pass(100)
    for (const client of this.world.clients) this.settleDown(client)
  }

  private settleDown(client: Client): void {
    if (this.world.random.happens(0.15)) client.leaveForGood()
    else client.comeIn()
  }

  /** About every `ms`; 0: never. */
  private again(ms: number, task: () => Promise<void>): void {
    if (ms === 0) return
    const { clock, random } = this.world
    clock.after(random.between(1, 2 * ms), () => {
      if (this.isOver) return
      task()
        .catch(cause => this.world.fail(cause))
        .finally(() => this.again(ms, task))
    })
  }

  private kill(server: Server): Promise<void> {
    if (!server.isUp()) return Promise.resolve()
    server.kill()
    return this.later(this.world.random.pick([200, 2000, 12_000]) ?? 0, () => server.start())
  }

  private cutBus(server: Server): Promise<void> {
    server.cutBus(true)
    return this.later(this.world.random.between(200, 3000), () => {
      server.cutBus(false)
      return Promise.resolve()
    })
  }

  private storeOutage(): Promise<void> {
    this.world.storeIsDown = true
    return this.later(this.world.random.pick([300, 2000, 12_000]) ?? 0, () => {
      this.world.storeIsDown = false
      return Promise.resolve()
    })
  }

  /** What an admin does; refused or failed, it is as if it had not been asked. */
  private async decide(): Promise<void> {
    const { random, servers, operators } = this.world
    const node = random.pick(servers)?.node
    if (random.happens(0.3)) return await this.identify(node ?? null)
    const operator = random.pick(operators)
    const strategy = random.pick(STRATEGIES)
    if (!node || !operator || !strategy) return
    const limit = { ...SYSTEM, kind: 'limit', operatorId: operator.userId } as const
    const command = random.pick([
      { ...limit, maxUsers: random.between(0, 3), isActive: null },
      { ...limit, maxUsers: null, isActive: random.happens(0.7) },
      { ...SYSTEM, kind: 'strategy', strategy } as const,
    ])
    if (command) await Promise.allSettled([node.turn(command)])
  }

  /** A visitor proves to be a user. */
  private async identify(node: Server['node']): Promise<void> {
    const { random, visitors, plan } = this.world
    const visitor = random.pick(visitors.filter(({ caller }) => caller.role === 'visitor'))
    const userId = random.pick(plan.users)
    if (!node || !visitor || userId === undefined) return
    const who = { visitorId: visitor.userId, userId, name: random.pick(['Uma', null]) ?? null }
    await Promise.allSettled([node.turn({ ...SYSTEM, kind: 'identify', ...who })])
  }

  /** Mending is part of the storm, and goes on when it is over. */
  private later(ms: number, mend: () => Promise<void>): Promise<void> {
    const { clock } = this.world
    const mended = clock.sleep(ms).then(mend)
    this.repairs.add(mended)
    return mended.finally(() => this.repairs.delete(mended))
  }
}
