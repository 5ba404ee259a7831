import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import {
  freeLock,
  type Holder,
  type LockState,
  lastTouch,
  latestLock,
  makeLock,
  readLock,
  removeLock,
  removeLocksBefore,
  touchLock,
} from './lock-files.ts'
import { livenessOf, thisProcess } from './process-identity.ts'

export interface LockTiming {
  /** The holder touches its file this often. */
  readonly heartbeatMs: number
  /** A holder on another host that did not for this long is taken for dead. */
  readonly silentMs: number
}

export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse'
}

const usualTiming: LockTiming = { heartbeatMs: 2_000, silentMs: 15_000 }

/**
 * One process at a time may have a data folder open: rows that a second one commits would vanish.
 * A lock is stale, and taken over, when its process is dead; where that can't be seen from here (another host or
 * container, whose process numbers mean nothing), when its heartbeat has stopped.
 */
export async function lockDataDir(dir: string, timing = usualTiming): Promise<DataDirLock> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const mine: Holder = { ...thisProcess(), token: randomUUID() }
  for (;;) {
    const n = await takeNext(dir, mine, timing)
    if (n !== undefined) return new DataDirLock(dir, n, mine, timing)
  }
}

/** Undefined when others came in between: look again. */
async function takeNext(dir: string, mine: Holder, timing: LockTiming): Promise<number | undefined> {
  const latest = await latestLock(dir)
  const state = latest === 0 ? 'free' : await readLock(dir, latest)
  if (state === undefined) return undefined
  if (await isAlive(dir, latest, state, timing)) throw inUse(dir, state)
  const next = latest + 1
  if (!(await makeLock(dir, next, mine))) return undefined
  const isLatest = (await latestLock(dir)) === next
  await (isLatest ? removeLocksBefore(dir, next) : removeLock(dir, next))
  return isLatest ? next : undefined
}

export class DataDirLock {
  readonly #dir: string
  readonly #n: number
  readonly #mine: Holder
  readonly #timer: NodeJS.Timeout
  #lastBeat: Promise<void> = Promise.resolve()
  /** Resolves when another process has taken the folder over; never otherwise. */
  readonly lost: Promise<Error>

  constructor(dir: string, n: number, mine: Holder, timing: LockTiming) {
    this.#dir = dir
    this.#n = n
    this.#mine = mine
    let takenOver: () => void
    this.lost = new Promise(resolve => {
      takenOver = () => resolve(new Error(`Another process has taken over the data folder ${dir}.`))
    })
    this.#timer = setInterval(() => {
      this.#lastBeat = this.#beat(takenOver)
    }, timing.heartbeatMs).unref()
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    await this.#lastBeat
    await freeLock(this.#dir, this.#n, this.#mine.token)
  }

  async #beat(takenOver: () => void): Promise<void> {
    try {
      const latest = await latestLock(this.#dir)
      if (latest > this.#n) takenOver()
      else if (latest === this.#n) await touchLock(this.#dir, this.#n)
      else await makeLock(this.#dir, this.#n, this.#mine) // someone has deleted it by hand
    } catch {
      // A full or stumbling disk; the next beat tries again.
    }
  }
}

async function isAlive(dir: string, n: number, state: LockState, timing: LockTiming): Promise<boolean> {
  if (state === 'free') return false
  if (state === 'unreadable') return Date.now() - ((await lastTouch(dir, n)) ?? 0) < timing.silentMs
  const liveness = livenessOf(state)
  return liveness === 'unknown' ? await hasHeartbeat(dir, n, timing) : liveness === 'alive'
}

async function hasHeartbeat(dir: string, n: number, timing: LockTiming): Promise<boolean> {
  const first = (await lastTouch(dir, n)) ?? 0
  const giveUpAt = Math.min(first, Date.now()) + timing.silentMs
  while (Date.now() < giveUpAt) {
    await delay(timing.heartbeatMs)
    if ((await lastTouch(dir, n)) !== first) return true
  }
  return false
}

function inUse(dir: string, state: LockState): DataDirInUse {
  const who = typeof state === 'string' ? 'another process' : `process ${state.pid} on ${state.host}`
  return new DataDirInUse(
    `The data folder ${dir} is in use by ${who}. Stop that one, or give this one a DATA_DIR of its own ` +
      'or a DATABASE_URL.',
  )
}
