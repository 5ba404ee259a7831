import type { Store } from '@parley/core'

/** Runs for every message; its time is that of the operation `message.send`. */
const HOT = 'append'

/** The same store, with each call's time told. */
export function timedStore<S extends Store>(
  store: S,
  observe: (method: string, milliseconds: number) => void,
): S {
  const timed = new Map<PropertyKey, unknown>()
  return new Proxy(store, {
    get(target, name) {
      const known = timed.get(name)
      if (known !== undefined) return known
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function' || name === HOT) return value
      const wrapped = (...args: unknown[]) => {
        const startedAt = performance.now()
        const answer: unknown = Reflect.apply(value, target, args)
        if (answer instanceof Promise) {
          const told = () => observe(String(name), performance.now() - startedAt)
          answer.then(told, told)
        }
        return answer
      }
      timed.set(name, wrapped)
      return wrapped
    },
  })
}
