import type { Session } from '@parley/contracts'
import type { Background } from '../node/background.ts'
import { Paced } from '../node/paced.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'
import type { QueuePositions } from './queue-positions.ts'
import type { Watches } from './watches.ts'

/** Changes of lists are gathered this long and then told with one read. Milliseconds. */
export const LISTS_EVERY_MS = 100
/** Sessions read at once. */
const READ_PAGE = 500
/** Of a list, when it is read again whole: those beyond are looked at when they change. */
const HEAL_LIMIT = 500

/**
 * Live lists and queue positions. Whatever may have changed is noted; a little later one read of the store serves
 * all watchers of this node, and each hears what is new to it. Notes may be lost or come twice: a slow look at
 * everything heals the first, and a watcher is told nothing that it knows.
 */
export class Lists {
  private sessions = new Set<string>()
  /** Not known to have changed. */
  private toLookAt = new Set<string>()
  private operators = new Set<string>()
  private queueChanged = false
  private readonly toldOperators = new Map<string, string>()
  private readonly paced: Paced
  private readonly parts: { store: Store; watches: Watches; positions: QueuePositions }

  constructor(
    parts: { store: Store; watches: Watches; positions: QueuePositions },
    background: Background,
    clock: Clock,
  ) {
    this.parts = parts
    const pace = { what: 'telling of lists', gatherMs: LISTS_EVERY_MS }
    this.paced = new Paced(background, clock, pace, () => this.flush())
  }

  /** A message, a mark: the row looks different, the list is the same. */
  rowChanged(sessionId: string): void {
    if (this.parts.watches.isEmpty()) return
    this.sessions.add(sessionId)
    this.paced.request()
  }

  changed(sessionIds: Iterable<string>, operatorIds: Iterable<string>): void {
    if (this.parts.watches.isEmpty() && !this.parts.positions.anyoneHears()) return
    for (const sessionId of sessionIds) this.sessions.add(sessionId)
    for (const operatorId of operatorIds) this.operators.add(operatorId)
    this.queueChanged = true
    this.paced.request()
  }

  /** Looks at everything that is watched here: for what the notes have missed. */
  async heal(): Promise<void> {
    const { store, watches } = this.parts
    const ids = watches.shownAnywhere()
    for (const { list, reader } of watches.lists())
      for (const session of (await store.listed(list, reader, HEAL_LIMIT)).items) ids.add(session.id)
    for (const id of ids) this.toLookAt.add(id)
    const operators = watches.isEmpty() ? [] : await store.operators()
    this.changed(
      [],
      operators.map(({ id }) => id),
    )
  }

  private async flush(): Promise<void> {
    const { sessions, toLookAt, operators, queueChanged } = this
    this.sessions = new Set()
    this.toLookAt = new Set()
    this.operators = new Set()
    this.queueChanged = false
    try {
      if (queueChanged) for (const id of await this.lookAtQueue()) toLookAt.add(id)
      await this.tellSessions(sessions, toLookAt)
      await this.tellOperators(operators)
    } catch (cause) {
      for (const id of sessions) this.sessions.add(id)
      for (const id of toLookAt) this.toLookAt.add(id)
      for (const id of operators) this.operators.add(id)
      this.queueChanged ||= queueChanged
      throw cause
    }
  }

  /** Answers with the sessions whose place in the queue is another now. */
  private async lookAtQueue(): Promise<readonly string[]> {
    const { positions, watches } = this.parts
    const wanted = watches.watchesQueue() || positions.anyoneHears()
    return wanted ? await positions.look() : []
  }

  private async tellSessions(changed: ReadonlySet<string>, toLookAt: ReadonlySet<string>): Promise<void> {
    const { store, watches } = this.parts
    if (watches.isEmpty()) return
    const ids = [...new Set([...changed, ...toLookAt])]
    for (let from = 0; from < ids.length; from += READ_PAGE) {
      const page = ids.slice(from, from + READ_PAGE)
      const read = await store.sessions(page, null)
      const byId = new Map(read.map(session => [session.id, session]))
      const own = await this.readOwn(watches.ownLooks(read))
      watches.tell(page, (id, reader) => own.get(reader)?.get(id) ?? byId.get(id) ?? null, changed)
    }
  }

  /** What has something unread for a watcher, or something that others may not see, is read for it alone. */
  private async readOwn(looks: ReadonlyMap<string, string[]>): Promise<Map<string, Map<string, Session>>> {
    const own = new Map<string, Map<string, Session>>()
    for (const [reader, ids] of looks) {
      const read = await this.parts.store.sessions(ids, reader)
      own.set(reader, new Map(read.map(session => [session.id, session])))
    }
    return own
  }

  private async tellOperators(changed: ReadonlySet<string>): Promise<void> {
    const { store, watches } = this.parts
    if (changed.size === 0 || watches.isEmpty()) return
    for (const operator of await store.operators()) {
      const print = JSON.stringify(operator)
      if (!changed.has(operator.id) || this.toldOperators.get(operator.id) === print) continue
      this.toldOperators.set(operator.id, print)
      watches.tellOperator(operator)
    }
  }
}
