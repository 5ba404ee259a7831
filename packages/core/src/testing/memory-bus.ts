import type { Bus, BusMessage } from '../ports/bus.ts'

/** The bus of a site that has one node: it never loses anything, so it never has to recover. */
export class MemoryBus implements Bus {
  private readonly listeners = new Set<(message: BusMessage) => void>()

  publish(message: BusMessage): void {
    for (const listener of this.listeners) listener(message)
  }

  subscribe(listener: (message: BusMessage) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  onRecovered(): () => void {
    return () => undefined
  }
}
