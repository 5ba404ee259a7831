import type { Environment } from '../environment.ts'
import type { Storage } from '../storage.ts'
import type { Locks } from '../sync/locks.ts'

/** Whoever has it and dies is waited for so long. Milliseconds. */
const LEASE_MS = 30_000
/** Two that wrote at once have both read what stands by then. Milliseconds. */
const SETTLE_MS = 50

interface Lease {
  readonly owner: string
  readonly until: number
}

/**
 * For pages without Web Locks (no HTTPS): a lease in the storage that the tabs share. Storage knows no comparison, so
 * each writes its name, waits a moment, and has it if its name still stands.
 */
export function storageLocks(storage: Storage, { clock, uuid }: Pick<Environment, 'clock' | 'uuid'>): Locks {
  const owner = uuid()
  const pause = () => new Promise<void>(resolve => void clock.after(SETTLE_MS, resolve))
  const read = async (key: string): Promise<Lease | null> => {
    try {
      return JSON.parse((await storage.get(key)) ?? 'null') as Lease | null
    } catch {
      // Cut off: nobody has it.
      return null
    }
  }
  const isTaken = (lease: Lease | null) =>
    lease !== null && lease.owner !== owner && lease.until > clock.now()

  const take = async (key: string): Promise<void> => {
    while (true) {
      if (isTaken(await read(key))) await pause()
      else {
        await storage.set(key, JSON.stringify({ owner, until: clock.now() + LEASE_MS }))
        await pause()
        if ((await read(key))?.owner === owner) return
      }
    }
  }

  return async (name, work) => {
    const key = `lock/${name}`
    await take(key)
    try {
      return await work()
    } finally {
      if ((await read(key))?.owner === owner) await storage.remove(key)
    }
  }
}
