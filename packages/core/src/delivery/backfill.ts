import type { Message, Session } from '@parley/contracts'
import { seqRuns } from '../message/seq-runs.ts'
import type { CallContext } from '../node/chat-node.ts'
import type { Connection } from '../ports/connection.ts'
import type { Hubs } from './hubs.ts'
import type { Listener } from './listener.ts'
import type { Admission, SessionHub } from './session-hub.ts'

/**
 * How a connection comes to hear a session, without a repeat and without a hole:
 *
 * 1. Listen. Before anything is read, the connection is a listener; what happens is held back for it.
 * 2. Backfill. The store is read. The answer shows the session as it stood at change L; whoever may not see it in
 *    this very snapshot is not let in (one who is removed later hears of that, and then nothing more).
 * 3. Cutover. When the answer has been written to the connection, what was held back follows: only changes > L.
 * 4. Live. Every next change goes out as it comes.
 *
 * A connection that hears the session already goes through the same again, so that an answer and the events around
 * it never overlap. The answers of one connection are made one after the other, so that none is older than the one
 * before it; while several are due, what happens is held back until the last of them is out.
 */
export class Backfill {
  private readonly hubs: Hubs
  private readonly connection: Connection | null
  private readonly held = new Map<string, { hub: SessionHub; listener: Listener }>()
  private readonly admitted: { readonly sessionId: string; readonly admission: Admission }[] = []
  private good = false
  private readonly entering = new Set<string>()
  private readonly shown: { sessionId: string; fromSeq: number; toSeq: number }[] = []

  constructor(hubs: Hubs, connection: Connection | null) {
    this.hubs = hubs
    this.connection = connection
  }

  /** Phase 1. */
  listen(sessionIds: Iterable<string>): void {
    // Looked at each time: it may have gone while something was read.
    const connection = this.hubs.listening(this.connection)
    if (!connection) return
    for (const sessionId of sessionIds) {
      if (this.held.has(sessionId)) continue
      const heard = this.hubs.listen(sessionId, connection)
      heard.listener.answersDue++
      heard.listener.held ??= []
      this.held.set(sessionId, heard)
    }
  }

  /** Phase 2: the answer shows this snapshot, which was read after `listen`; what comes after it may follow. */
  admit({ id, lastChange, participants }: Session): void {
    const userId = this.connection?.caller.userId ?? ''
    this.letIn(id, { after: lastChange, takesPart: participants.includes(userId) })
  }

  /** The same, where the answer shows nothing of the session. */
  letIn(sessionId: string, admission: Admission): void {
    this.admitted.push({ sessionId, admission })
  }

  /** The answer has these messages too: they count as given once it is out. */
  show(sessionId: string, messages: readonly Message[]): void {
    for (const run of seqRuns(messages)) this.shown.push({ sessionId, ...run })
  }

  /** With its answer the connection has all messages from here to the snapshot's last. */
  hasFrom({ id, lastSeq }: Pick<Session, 'id' | 'lastSeq'>, fromSeq: number): void {
    const listener = this.held.get(id)?.listener
    if (!listener) return
    const reachesBack = listener.hasFrom <= fromSeq && fromSeq <= listener.hasTo + 1
    if (!reachesBack) listener.hasFrom = fromSeq
    listener.hasTo = Math.max(listener.hasTo, lastSeq)
  }

  /** The connection comes into the session's room, if it is let in. */
  enter(sessionId: string): void {
    this.entering.add(sessionId)
  }

  /** The answer is a good one. With one that failed nobody is let in, and what was heard before goes on as it was. */
  succeed(): void {
    for (const { sessionId, admission } of this.admitted) {
      const heard = this.held.get(sessionId)
      if (heard?.hub.has(heard.listener)) heard.hub.admit(heard.listener, admission)
    }
    this.good = true
  }

  /** Phase 3, also after a failed answer: those that were not let in stop listening. */
  cutover(): void {
    for (const { sessionId, fromSeq, toSeq } of this.good ? this.shown : []) {
      const heard = this.held.get(sessionId)
      if (heard?.listener.admitted) heard.hub.gave(heard.listener, fromSeq, toSeq)
    }
    for (const { hub, listener } of this.held.values()) this.goLive(hub, listener)
    this.held.clear()
  }

  private goLive(hub: SessionHub, listener: Listener): void {
    listener.answersDue--
    if (this.good && listener.admitted && this.entering.has(hub.sessionId)) this.hubs.entered(hub, listener)
    if (listener.answersDue > 0) return
    if (listener.admitted) hub.release(listener)
    else hub.drop(listener)
  }
}

/** Runs `read` as the phases say; `later` is for doors that don't say when an answer is out. */
export async function backfill<T>(
  hubs: Hubs,
  context: CallContext,
  later: (task: () => void) => void,
  read: (backfill: Backfill) => Promise<T>,
): Promise<T> {
  const { connection } = context
  const filling = new Backfill(hubs, connection)
  const made = () => {
    if (connection) hubs.unwritten.made(connection.id)
    return read(filling)
  }
  try {
    const answer = await (connection ? hubs.answers.run(connection.id, made) : made())
    filling.succeed()
    return answer
  } finally {
    const afterAnswer = context.afterAnswer ?? later
    afterAnswer(() => {
      filling.cutover()
      if (connection) hubs.unwritten.written(connection.id)
    })
  }
}
