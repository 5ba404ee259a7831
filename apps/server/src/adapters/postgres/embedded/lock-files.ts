import { open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

// A lock is the file `lock.<n>` with the highest n. Nobody ever removes that one: to take over from it, a process
// creates the next, which the system lets only one do, and then sees that nobody has gone further meanwhile.
// (A single file would have to be removed and made anew, and of two that find it stale, the second could remove
// what the first has just made.)

/** Who made a lock. The token tells one taking from the next by the same process. */
const Holder = z.object({
  pid: z.int().positive(),
  host: z.string(),
  startedAt: z.string().nullable(),
  token: z.string(),
})
export type Holder = z.output<typeof Holder>

/** `unreadable`: being written at this moment, or left so. */
export type LockState = Holder | 'free' | 'unreadable'

const FREE = 'free'

const fileOf = (dir: string, n: number) => join(dir, `lock.${n}`)

/** 0 when there is none. */
export async function latestLock(dir: string): Promise<number> {
  return Math.max(0, ...(await allLocks(dir)))
}

async function allLocks(dir: string): Promise<number[]> {
  return (await readdir(dir)).flatMap(name => /^lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number)
}

/** False when another process has made this one. */
export async function makeLock(dir: string, n: number, holder: Holder): Promise<boolean> {
  const make = () => open(fileOf(dir, n), 'wx', 0o600)
  const file = await unless('EEXIST', make)
  if (file === 'EEXIST') return false
  try {
    await file.writeFile(JSON.stringify(holder))
  } catch (error) {
    await removeLock(dir, n) // a full disk: half a lock is nobody's
    throw error
  } finally {
    await file.close()
  }
  return true
}

/** Undefined when a later one has replaced it. */
export async function readLock(dir: string, n: number): Promise<LockState | undefined> {
  const text = await unless('ENOENT', () => readFile(fileOf(dir, n), 'utf8'))
  if (text === 'ENOENT') return undefined
  return text === FREE ? 'free' : parse(text)
}

function parse(text: string): Holder | 'unreadable' {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return 'unreadable'
  }
}

export async function freeLock(dir: string, n: number, token: string): Promise<void> {
  const free = `${fileOf(dir, n)}.${token}`
  await writeFile(free, FREE, { mode: 0o600 })
  await rename(free, fileOf(dir, n))
}

/** Only while a later one is there. */
export async function removeLock(dir: string, n: number): Promise<void> {
  await rm(fileOf(dir, n), { force: true })
}

export async function removeLocksBefore(dir: string, n: number): Promise<void> {
  for (const earlier of await allLocks(dir)) if (earlier < n) await removeLock(dir, earlier)
}

/** When its holder last touched it, in ms since 1970; undefined when a later one has replaced it. */
export async function lastTouch(dir: string, n: number): Promise<number | undefined> {
  const found = await unless('ENOENT', () => stat(fileOf(dir, n)))
  return found === 'ENOENT' ? undefined : found.mtimeMs
}

export async function touchLock(dir: string, n: number): Promise<void> {
  const now = new Date()
  await utimes(fileOf(dir, n), now, now)
}

/** The error's code instead of its throwing, for the one code that is expected. */
async function unless<T, Code extends string>(code: Code, act: () => Promise<T>): Promise<T | Code> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return code
    throw error
  }
}
