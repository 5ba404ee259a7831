import type { Clock } from '@parley/core'
import { type Report, repeatedly } from '../../background/repeatedly.ts'
import type { TokenSubject } from './tokens.ts'

/** Of a login all tokens are dead, of a user those whose login began at or before `notBefore`. Milliseconds. */
export interface Revocation {
  readonly subject: `login:${string}` | `user:${string}`
  readonly notBefore: number
  /** From then on no such token can be alive, so the row may go. Milliseconds. */
  readonly expiresAt: number
}

export interface RevocationTable {
  /** Those that were written at or after `since`; null: all that still count. */
  revocationsSince(since: number | null): Promise<Revocation[]>
}

export interface Revocations {
  isRevoked(subject: TokenSubject): boolean
  /** Counts at once on this node; the others read it from the table. */
  note(revocations: readonly Revocation[]): void
  /** Reads what was written since the last time. */
  refresh(): Promise<void>
  /** Reads all, then looks for new ones again and again. Nothing may be served before this has resolved. */
  start(): Promise<void>
  stop(): void
}

const REFRESH_MS = 2000
/** Everything is read anew this often, which also drops what has expired. */
const RELOAD_MS = 600_000
/** Nodes' clocks differ, and a transaction commits after the time it wrote. */
const OVERLAP_MS = 60_000

const LOGIN = 'login:'

/** Which tokens are dead before their time, all of it in memory: looking costs no query. */
export function createRevocations(options: {
  readonly table: RevocationTable
  readonly clock: Clock
  readonly report: Report
  /** Logins that were found to have ended: somebody may have missed it when it was told. */
  readonly found?: (loginIds: readonly string[]) => void
}): Revocations {
  const { table, clock, report, found = () => undefined } = options
  let known = new Map<string, Revocation>()
  let readAt = 0
  let reloadAt = 0
  let stopRefreshing: () => void = () => undefined

  const add = (rows: readonly Revocation[]) => {
    for (const row of rows) {
      const before = known.get(row.subject)
      if (!before || before.notBefore < row.notBefore) known.set(row.subject, row)
    }
  }

  /** Both answer with the rows that nobody here knew of. */
  const readAll = async () => {
    const startedAt = clock.now()
    const rows = await table.revocationsSince(null)
    const fresh = rows.filter(row => !known.has(row.subject))
    // What was noted while the table was read is kept.
    const noted = [...known.values()].filter(
      row => row.expiresAt > startedAt && row.notBefore > startedAt - OVERLAP_MS,
    )
    known = new Map()
    add([...rows, ...noted])
    readAt = startedAt
    reloadAt = startedAt + RELOAD_MS
    return fresh
  }

  const readNew = async () => {
    const startedAt = clock.now()
    const rows = await table.revocationsSince(readAt - OVERLAP_MS)
    const fresh = rows.filter(row => !known.has(row.subject))
    add(rows)
    readAt = startedAt
    return fresh
  }

  const refresh = async () => {
    const fresh = await (clock.now() >= reloadAt ? readAll() : readNew())
    const loginIds = fresh.flatMap(({ subject }) =>
      subject.startsWith(LOGIN) ? [subject.slice(LOGIN.length)] : [],
    )
    if (loginIds.length > 0) found(loginIds)
  }

  /** A login that has ended is dead whole, whatever the clocks of two nodes say about its beginning. */
  const hasEnded = (loginId: string) => known.has(`${LOGIN}${loginId}`)
  const isBarred = (userId: string, loginAt: number) =>
    (known.get(`user:${userId}`)?.notBefore ?? Number.NEGATIVE_INFINITY) >= loginAt

  return {
    isRevoked: ({ loginId, userId, loginAt }) => hasEnded(loginId) || isBarred(userId, loginAt),
    note: add,
    refresh,
    async start() {
      await readAll()
      const what = 'reading which logins have ended'
      stopRefreshing = repeatedly({ clock, ms: REFRESH_MS, what, report, task: refresh })
    },
    stop: () => stopRefreshing(),
  }
}
