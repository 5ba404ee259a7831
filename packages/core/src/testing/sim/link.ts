import type { SimClock } from './clock.ts'
import type { Random } from './random.ts'

interface Parts {
  readonly clock: SimClock
  readonly random: Random
  readonly delayMs: () => number
}

interface Side<Message> {
  readonly receive: (message: Message) => void
  readonly closed: () => void
}

/** A server may not notice for this long that a client is gone. Milliseconds. */
const HALF_OPEN_MS = 3000

/**
 * One WebSocket: each direction keeps its order and loses nothing until the link is cut; then what is on its way is
 * lost, the client knows soon and the server later.
 */
export class Link<Up, Down> {
  private readonly parts: Parts
  private server: Side<Up> | null = null
  private client: Side<Down> | null = null
  private upFree = 0
  private downFree = 0
  private isCut = false

  constructor(parts: Parts) {
    this.parts = parts
  }

  attachServer(side: Side<Up>): void {
    this.server = side
  }

  attachClient(side: Side<Down>): void {
    this.client = side
  }

  up(message: Up): void {
    this.upFree = this.carry(this.upFree, () => this.server?.receive(message))
  }

  down(message: Down): void {
    this.downFree = this.carry(this.downFree, () => this.client?.receive(message))
  }

  cut(): void {
    if (this.isCut) return
    this.isCut = true
    const { clock, random } = this.parts
    clock.after(random.between(0, 50), () => this.client?.closed())
    clock.after(random.between(0, HALF_OPEN_MS), () => this.server?.closed())
  }

  private carry(free: number, arrive: () => void): number {
    const { clock, random, delayMs } = this.parts
    const at = Math.max(free, clock.now() + random.between(0, delayMs()))
    clock.after(at - clock.now(), () => {
      if (!this.isCut) arrive()
    })
    return at
  }
}
