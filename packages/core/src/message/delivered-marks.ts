import type { Listener } from '../delivery/listener.ts'
import type { Background } from '../node/background.ts'
import { Paced } from '../node/paced.ts'
import type { Bus } from '../ports/bus.ts'
import type { Clock } from '../ports/clock.ts'
import type { Connection } from '../ports/connection.ts'
import type { MarkRequest } from '../ports/store/message-store.ts'
import type { Store } from '../ports/store.ts'
import type { Connections } from '../presence/connections.ts'
import { announceMarks } from './announce-marks.ts'
import { MarkBatch } from './mark-batch.ts'
import type { SeqRun } from './seq-runs.ts'

/** A connection is asked for a sign of life, and what has arrived is written, at most this often. Milliseconds. */
export const MARKS_EVERY_MS = 250

interface Arrivals {
  /** Listeners with a run that nobody has asked about. */
  given: Listener[]
  /** Runs that don't continue the run of their listener. */
  apart: MarkRequest[]
  /** What was given before the ping that is under way; null when none is. */
  asked: MarkRequest[] | null
  /** Wait for what was given before them, and for what was given before the ping that is under way. */
  waiting: (() => void)[]
  waitingForPong: (() => void)[]
}

interface Parts {
  readonly store: Store
  readonly bus: Bus
  readonly clock: Clock
  readonly background: Background
  readonly connections: Connections
}

/**
 * Delivered is what is known to have arrived: after messages have gone to a connection it is pinged, and when the
 * pong comes, all that was given before that ping is marked. One ping at a time; marks are written in batches.
 */
export class DeliveredMarks {
  private readonly byConnection = new Map<string, Arrivals>()
  private readonly toAsk = new Set<string>()
  private readonly batch = new MarkBatch()
  /** One write after the other: a run that overtook the one before it would stand behind a hole. */
  private readonly writing: Paced
  private askingSoon = false
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
    const pace = { what: 'marking as delivered', gatherMs: MARKS_EVERY_MS }
    this.writing = new Paced(parts.background, parts.clock, pace, () => this.write())
  }

  given(listener: Listener, fromSeq: number, toSeq: number): void {
    const arrivals = this.arrivalsOf(listener.connection.id)
    if (!arrivals) return
    if (listener.runTo === 0) {
      listener.runFrom = fromSeq
      arrivals.given.push(listener)
    } else if (fromSeq > listener.runTo + 1 || toSeq < listener.runFrom - 1) {
      arrivals.apart.push(takeRun(listener))
      listener.runFrom = fromSeq
    }
    listener.runFrom = Math.min(listener.runFrom, fromSeq)
    listener.runTo = Math.max(listener.runTo, toSeq)
    if (!arrivals.asked) this.askSoon(listener.connection.id)
  }

  ponged(connectionId: string): void {
    const arrivals = this.byConnection.get(connectionId)
    if (!arrivals?.asked) return
    for (const request of arrivals.asked) this.batch.add(request)
    arrivals.asked = null
    for (const task of arrivals.waitingForPong.splice(0)) task()
    this.writing.request()
    if (arrivals.waiting.length > 0) this.ask(connectionId)
    else if (arrivals.given.length + arrivals.apart.length > 0) this.askSoon(connectionId)
    else this.byConnection.delete(connectionId)
  }

  /** Asks at once, and calls `task` when all that the connection was given until now has arrived: never, if it goes silent. */
  whenArrived(connectionId: string, task: () => void): void {
    const arrivals = this.arrivalsOf(connectionId)
    if (!arrivals) return
    arrivals.waiting.push(task)
    if (!arrivals.asked) this.ask(connectionId)
  }

  /** An answer over this connection has these messages; nothing else is known of the session here. */
  answered({ id, caller }: Connection, sessionId: string, runs: readonly SeqRun[]): void {
    const arrivals = runs.length > 0 && this.arrivalsOf(id)
    if (!arrivals) return
    for (const { fromSeq, toSeq } of runs)
      arrivals.apart.push({ sessionId, userId: caller.userId, kind: 'delivered', from: fromSeq, to: toSeq })
    if (!arrivals.asked) this.askSoon(id)
  }

  /** An answer over a request of its own has taken these messages to the person: fetched is delivered. */
  fetched(userId: string, sessionId: string, runs: readonly SeqRun[]): void {
    for (const { fromSeq, toSeq } of runs)
      this.batch.add({ sessionId, userId, kind: 'delivered', from: fromSeq, to: toSeq })
    if (runs.length > 0) this.writing.request()
  }

  disconnect(connectionId: string): void {
    this.byConnection.delete(connectionId)
    this.toAsk.delete(connectionId)
  }

  size(): number {
    return this.byConnection.size + this.toAsk.size
  }

  private arrivalsOf(connectionId: string): Arrivals | null {
    const known = this.byConnection.get(connectionId)
    if (known || !this.parts.connections.has(connectionId)) return known ?? null
    const arrivals: Arrivals = { given: [], apart: [], asked: null, waiting: [], waitingForPong: [] }
    this.byConnection.set(connectionId, arrivals)
    return arrivals
  }

  private askSoon(connectionId: string): void {
    this.toAsk.add(connectionId)
    if (this.askingSoon) return
    this.askingSoon = true
    this.parts.background.after(MARKS_EVERY_MS, () => {
      this.askingSoon = false
      this.askAll()
    })
  }

  private askAll(): void {
    for (const connectionId of this.toAsk) this.ask(connectionId)
    this.toAsk.clear()
  }

  private ask(connectionId: string): void {
    const arrivals = this.byConnection.get(connectionId)
    const connection = this.parts.connections.get(connectionId)
    if (!arrivals || !connection || arrivals.asked) return
    arrivals.asked = [...arrivals.apart, ...arrivals.given.map(takeRun)]
    arrivals.waitingForPong = arrivals.waiting
    arrivals.given = []
    arrivals.apart = []
    arrivals.waiting = []
    connection.ping()
  }

  private async write(): Promise<void> {
    const requests = this.batch.take()
    if (requests.length === 0) return
    try {
      announceMarks(this.parts.bus, await this.parts.store.mark(requests), () => null)
    } catch (cause) {
      for (const request of requests) this.batch.add(request)
      throw cause
    }
  }
}

function takeRun(listener: Listener): MarkRequest {
  const { sessionId, connection, runFrom, runTo } = listener
  listener.runFrom = 0
  listener.runTo = 0
  return { sessionId, userId: connection.caller.userId, kind: 'delivered', from: runFrom, to: runTo }
}
