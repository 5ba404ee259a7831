import type { Bus, BusMessage } from '../../ports/bus.ts'
import type { SimClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Random } from './random.ts'

interface Endpoint {
  readonly listeners: Set<(message: BusMessage) => void>
  readonly recovered: Set<() => void>
  cut: boolean
}

interface Parts {
  readonly clock: SimClock
  readonly random: Random
  readonly faults: () => Faults
  /** What never arrives, whatever the faults. */
  readonly loses?: ((message: BusMessage) => boolean) | undefined
}

/** The bus between nodes: loses, repeats, delays and so reorders; a node may be cut off from it for a while. */
export class SimBus {
  private readonly endpoints = new Set<Endpoint>()
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  endpoint(): { bus: Bus; cut: (isCut: boolean) => void; remove: () => void } {
    const own: Endpoint = { listeners: new Set(), recovered: new Set(), cut: false }
    this.endpoints.add(own)
    return {
      bus: {
        publish: message => this.publish(own, message),
        subscribe: listener => addTo(own.listeners, listener),
        onRecovered: listener => addTo(own.recovered, listener),
      },
      cut: isCut => {
        if (own.cut && !isCut) for (const listener of own.recovered) listener()
        own.cut = isCut
      },
      remove: () => {
        this.endpoints.delete(own)
      },
    }
  }

  private publish(from: Endpoint, message: BusMessage): void {
    for (const to of this.endpoints) {
      this.send(from, to, message)
      if (this.parts.random.happens(this.parts.faults().busRepeat)) this.send(from, to, message)
    }
  }

  private send(from: Endpoint, to: Endpoint, message: BusMessage): void {
    const { clock, random, faults, loses } = this.parts
    const { busLoss, busDelayMs } = faults()
    if (loses?.(message) || from.cut || to.cut || random.happens(busLoss)) return
    clock.after(random.between(0, busDelayMs), () => {
      if (!to.cut) for (const listener of to.listeners) listener(message)
    })
  }
}

function addTo<T>(set: Set<T>, item: T): () => void {
  set.add(item)
  return () => set.delete(item)
}
