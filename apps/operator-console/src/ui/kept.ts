/** What this browser keeps for the console. One that refuses still works until the page is closed. */
export interface Kept {
  read(key: string): string | null
  write(key: string, value: string): void
  remove(key: string): void
  keys(prefix: string): string[]
}

/** `storage` may throw on being asked for, as where cookies are refused. */
function keptIn(storage: () => Storage): Kept {
  const memory = new Map<string, string>()
  const attempt = <T>(act: (storage: Storage) => T, otherwise: () => T): T => {
    try {
      return act(storage())
    } catch {
      return otherwise()
    }
  }
  return {
    read: key =>
      attempt(
        s => s.getItem(key),
        () => null,
      ) ??
      memory.get(key) ??
      null,
    write(key, value) {
      memory.delete(key)
      attempt(
        s => s.setItem(key, value),
        () => void memory.set(key, value),
      )
    },
    remove(key) {
      memory.delete(key)
      attempt(
        s => s.removeItem(key),
        () => undefined,
      )
    },
    keys(prefix) {
      const stored = attempt(
        s => Object.keys(s),
        () => [],
      )
      return [...stored, ...memory.keys()].filter(key => key.startsWith(prefix))
    },
  }
}

export const kept: Kept = keptIn(() => localStorage)
/** Of this tab alone; survives a reload. */
export const keptByTab: Kept = keptIn(() => sessionStorage)
