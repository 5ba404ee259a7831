/** A port whose methods answer at once: each is one step, so nothing comes in between. */
export type Sync<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : T[K]
}

/** The same port as the rest knows it: each step is taken, and answered, on a later microtask. */
export function promised<T extends object>(port: Sync<T>): T {
  const methods = Object.entries(port).map(([name, step]) => {
    if (typeof step !== 'function') return [name, step] as const
    return [name, (...args: unknown[]) => Promise.resolve().then(() => step(...args))] as const
  })
  return Object.fromEntries(methods) as T
}
