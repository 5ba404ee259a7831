import type { Ports } from '../../node/chat-node.ts'
import type { Store } from '../../ports/store.ts'

const never = new Promise<never>(() => undefined)

/** A process's ports, until it is killed: then none of its timers run, nothing answers it, and nobody hears it. */
export function mortal(ports: Ports): { ports: Ports; kill: () => void } {
  let alive = true
  const endings: (() => void)[] = []
  const mine = {
    ...ports,
    store: mortalStore(ports.store, () => alive),
    clock: {
      now: () => ports.clock.now(),
      after: (ms: number, task: () => void) => ports.clock.after(ms, () => alive && task()),
    },
    bus: {
      publish: (message: Parameters<Ports['bus']['publish']>[0]) => alive && ports.bus.publish(message),
      subscribe: (listener: Parameters<Ports['bus']['subscribe']>[0]) => {
        const end = ports.bus.subscribe(listener)
        endings.push(end)
        return end
      },
      onRecovered: (listener: () => void) => ports.bus.onRecovered(() => alive && listener()),
    },
  }
  return {
    ports: mine,
    kill: () => {
      alive = false
      for (const end of endings) end()
    },
  }
}

/** What was asked before the death may still happen; the answer reaches nobody. */
function mortalStore(store: Store, isAlive: () => boolean): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return async (...args: unknown[]) => {
        if (!isAlive()) return never
        const answer: Promise<unknown> = Promise.resolve(value.apply(target, args))
        await Promise.allSettled([answer])
        return isAlive() ? answer : never
      }
    },
  })
}
