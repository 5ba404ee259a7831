import type { KeyValue } from './types.ts'

/** The port, always later, never failing. */
export interface Storage {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
  remove(key: string): Promise<void>
  keys(prefix: string): Promise<readonly string[]>
}

export function memoryStorage(): KeyValue {
  const values = new Map<string, string>()
  return {
    get: key => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: key => void values.delete(key),
    keys: prefix => [...values.keys()].filter(key => key.startsWith(prefix)),
  }
}

/** `localStorage` may be missing, and may throw on the mere look at it. */
function pageStorage(): KeyValue {
  const page = () => globalThis.localStorage
  return {
    get: key => page().getItem(key),
    set: (key, value) => page().setItem(key, value),
    remove: key => page().removeItem(key),
    keys: prefix => Object.keys(page()).filter(key => key.startsWith(prefix)),
  }
}

/**
 * What is given (default: `localStorage`), under `prefix/`. What it refuses is kept in memory instead, so that
 * whatever was set can be read until the page goes.
 */
export function createStorage(prefix: string, given: KeyValue = pageStorage()): Storage {
  const memory = memoryStorage()
  const full = (key: string) => `${prefix}/${key}`
  const attempt = async <T>(work: () => T | Promise<T>, otherwise: () => T | Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch {
      return otherwise()
    }
  }
  return {
    get: async key =>
      (await memory.get(full(key))) ??
      attempt(
        () => given.get(full(key)),
        () => null,
      ),
    async set(key, value) {
      await memory.remove(full(key))
      await attempt(
        () => given.set(full(key), value),
        () => memory.set(full(key), value),
      )
    },
    async remove(key) {
      await memory.remove(full(key))
      await attempt(
        () => given.remove(full(key)),
        () => undefined,
      )
    },
    async keys(start) {
      const kept = await attempt(
        () => given.keys(full(start)),
        () => [],
      )
      const all = new Set([...kept, ...(await memory.keys(full(start)))])
      return [...all].map(key => key.slice(prefix.length + 1))
    },
  }
}
