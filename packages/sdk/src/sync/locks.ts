/** Runs `work` while nobody else who shares this browser's storage runs work under the same name. */
export type Locks = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** Web Locks; a browser may have them and yet refuse them to an iframe of another site. */
export function browserLocks(): Locks | null {
  const manager = globalThis.navigator?.locks
  if (!manager) return null
  return async (name, work) => {
    let begun = false
    const once = () => {
      begun = true
      return work()
    }
    try {
      return await manager.request(name, once)
    } catch (error) {
      if (begun) throw error
      return work()
    }
  }
}
