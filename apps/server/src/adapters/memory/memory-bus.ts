import type { Bus, BusMessage } from '@parley/core'

type Listener = (message: BusMessage) => void

/** The bus of a site that has one node: it never loses anything, so it never has to recover. */
export class MemoryBus implements Bus {
  readonly #listeners = new Set<Listener>()

  publish(message: BusMessage): void {
    for (const listener of this.#listeners) listener(message)
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onRecovered(): () => void {
    return () => undefined
  }
}
