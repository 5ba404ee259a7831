import type { Person } from '../../access/caller.ts'
import type { CallContext, CoreOperation, CoreSettings, Ports } from '../../node/chat-node.ts'
import { Node } from '../../node/node.ts'
import { StoreUnavailable } from '../../ports/store.ts'
import { rules } from '../../rules.ts'
import type { SimBus } from '../sim/bus.ts'
import { mortal } from '../sim/mortal.ts'
import { answerOf, openDoor } from './door.ts'
import type { Answer, In, Wire } from './wire.ts'

interface Parts {
  readonly ports: Omit<Ports, 'bus' | 'report'>
  readonly bus: SimBus
  readonly settings: CoreSettings
  readonly unexpected: (cause: unknown) => void
}

interface Life {
  readonly node: Node
  readonly links: Set<Wire>
  readonly cutBus: (isCut: boolean) => void
  readonly kill: () => void
}

/** A server process that can be killed at any moment and started again. */
export class Server {
  private life: Life | null = null
  private connections = 0
  private readonly name: string
  private readonly parts: Parts

  constructor(name: string, parts: Parts) {
    this.name = name
    this.parts = parts
  }

  get node(): Node | null {
    return this.life?.node ?? null
  }

  isUp(): boolean {
    return this.life !== null
  }

  /** Tries until the store answers, as a supervisor would. */
  async start(): Promise<void> {
    const { ports, bus, settings, unexpected } = this.parts
    const { bus: ownBus, cut, remove } = bus.endpoint()
    const report = ({ cause }: { cause: unknown }) => {
      if (!(cause instanceof StoreUnavailable)) unexpected(cause)
    }
    const { ports: own, kill } = mortal({ ...ports, bus: ownBus, report })
    const life: Life = {
      node: new Node(own, settings, rules),
      links: new Set(),
      cutBus: cut,
      kill: () => {
        kill()
        remove()
      },
    }
    try {
      await life.node.start()
      this.life = life
    } catch (cause) {
      life.kill()
      if (!(cause instanceof StoreUnavailable)) throw cause
      await new Promise<void>(resolve => ports.clock.after(500, resolve))
      await this.start()
    }
  }

  /** As kill -9. */
  kill(): void {
    const { life } = this
    this.life = null
    life?.kill()
    for (const link of life?.links ?? []) link.cut()
  }

  cutBus(isCut: boolean): void {
    this.life?.cutBus(isCut)
  }

  accept(link: Wire, caller: Person, backlog: boolean): string | null {
    const { life } = this
    if (!life) {
      link.cut()
      return null
    }
    this.connections++
    const connectionId = `${life.node.id}/${this.name}/${this.connections}`
    life.links.add(link)
    openDoor({ node: life.node, link, caller, connectionId, backlog, unexpected: this.parts.unexpected })
    return connectionId
  }

  /** A request of its own, as over REST; null: nobody is there, or it died on the way. */
  async request<N extends CoreOperation>(
    caller: CallContext['caller'],
    name: N,
    input: In<N>,
  ): Promise<Answer | null> {
    const { life } = this
    if (!life) return null
    const context = { caller, connection: null, requestId: null }
    return await answerOf(life.node.perform(name, context, input), this.parts.unexpected)
  }
}
