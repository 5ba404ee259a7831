import type { Observable } from '@parley/sdk'
import { keptByTab as kept } from '../../ui/kept.ts'

/** How long an end can be taken back. Milliseconds. */
export const UNDO_MS = 5000

export interface PendingEnd {
  readonly sessionId: string
  readonly name: string
  readonly reason: string
  /** Milliseconds since 1970. */
  readonly sendAt: number
}

/** `sending`: its five seconds are over. `failed`: the server did not end it. */
export type EndInProgress = PendingEnd & {
  readonly state: 'undoable' | 'sending' | 'failed'
  readonly error?: unknown
}

export interface PendingEnds extends Observable<readonly EndInProgress[]> {
  schedule(end: Omit<PendingEnd, 'sendAt'>): void
  /** Too late once it is being sent. */
  undo(sessionId: string): void
  retry(sessionId: string): void
  dismiss(sessionId: string): void
  /** Stops the timers; what is pending is kept and goes on in `createPendingEnds` of the next page. */
  close(): void
}

type SendEnd = (sessionId: string, reason: string) => Promise<unknown>

const KEY = 'parley-console.ends.'

/** A reload within the five seconds neither loses the end nor sends it early. */
export function createPendingEnds(personId: string, send: SendEnd): PendingEnds {
  const key = KEY + encodeURIComponent(personId)
  const listeners = new Set<() => void>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  let ends: readonly EndInProgress[] = []

  const set = (next: readonly EndInProgress[]) => {
    ends = next
    const open = ends.filter(end => end.state !== 'failed')
    if (open.length === 0) kept.remove(key)
    else kept.write(key, JSON.stringify(open.map(({ state: _, ...end }) => end)))
    for (const listener of listeners) listener()
  }
  const find = (sessionId: string) => ends.find(end => end.sessionId === sessionId)
  const remove = (sessionId: string) => {
    clearTimeout(timers.get(sessionId))
    timers.delete(sessionId)
    set(ends.filter(end => end.sessionId !== sessionId))
  }
  const mark = (sessionId: string, change: Partial<EndInProgress>) =>
    set(ends.map(end => (end.sessionId === sessionId ? { ...end, ...change } : end)))

  const sendNow = (end: PendingEnd) => {
    mark(end.sessionId, { state: 'sending' })
    send(end.sessionId, end.reason).then(
      () => remove(end.sessionId),
      error => mark(end.sessionId, { state: 'failed', error }),
    )
  }
  const start = (end: PendingEnd) => {
    set([...ends, { ...end, state: 'undoable' }])
    timers.set(
      end.sessionId,
      setTimeout(() => sendNow(end), Math.max(0, end.sendAt - Date.now())),
    )
  }

  for (const end of remembered(key)) start(end)

  return {
    schedule(end) {
      if (find(end.sessionId)?.state === 'failed') remove(end.sessionId)
      if (!find(end.sessionId)) start({ ...end, sendAt: Date.now() + UNDO_MS })
    },
    undo(sessionId) {
      if (find(sessionId)?.state === 'undoable') remove(sessionId)
    },
    retry(sessionId) {
      const end = find(sessionId)
      if (end?.state === 'failed') sendNow(end)
    },
    dismiss(sessionId) {
      if (find(sessionId)?.state === 'failed') remove(sessionId)
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => ends,
  }
}

function remembered(key: string): PendingEnd[] {
  try {
    const found: unknown = JSON.parse(kept.read(key) ?? '[]')
    return Array.isArray(found) ? found.filter(isPendingEnd) : []
  } catch {
    return []
  }
}

function isPendingEnd(value: unknown): value is PendingEnd {
  const end = value as Partial<PendingEnd> | null
  return (
    typeof end?.sessionId === 'string' &&
    typeof end.name === 'string' &&
    typeof end.reason === 'string' &&
    typeof end.sendAt === 'number'
  )
}
