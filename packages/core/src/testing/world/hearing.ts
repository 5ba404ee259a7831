import type { Happening, Session } from '@parley/contracts'
import { Violation } from './violation.ts'

export type Counted = Extract<Happening, { data: { change: number; sessionId: string } }>

export const isRemoval = (event: Counted, userId: string): boolean =>
  event.name === 'participants.changed' && event.data.removed.includes(userId)

function comesIn(event: Counted, userId: string): boolean {
  if (event.name === 'session.assigned') return event.data.operator.id === userId
  return event.name === 'participants.changed' && event.data.added.includes(userId)
}

/** What one connection must see: each session's changes from its answer on, the next and only the next (D1). */
export class Hearing {
  private readonly userId: string
  /** Session → the last change that was in an answer or an event. */
  private readonly heard = new Map<string, number>()
  /** Sessions that it was shown when its person came into them → the change of what was shown. */
  private readonly shown = new Map<string, number>()
  private readonly told = new Map<string, number>()
  private readonly left = new Set<string>()
  private isInbox = false

  constructor(userId: string) {
    this.userId = userId
  }

  hears(sessionId: string): boolean {
    return this.heard.has(sessionId) || this.shown.has(sessionId)
  }

  last(sessionId: string): number | undefined {
    return this.heard.get(sessionId)
  }

  /** From now on it hears all sessions of its person, each as it stands now, unseen. */
  inboxOpened(): void {
    this.isInbox = true
  }

  /** An answer lets it in at this change. */
  answered(sessionId: string, change: number): void {
    const before = this.heard.get(sessionId) ?? 0
    if (change < before)
      throw new Violation(
        'D5',
        `${sessionId}: an answer of change ${change} after change ${before} was heard`,
      )
    this.heard.set(sessionId, change)
    this.shown.delete(sessionId)
    this.left.delete(sessionId)
  }

  /** An answer says that it may not know the session: where it heard it, it will yet hear why. */
  refused(sessionId: string): void {
    if (!this.hears(sessionId) && !this.isInbox) this.left.add(sessionId)
  }

  /** Its person has come into the session: what follows begins with the change that says so. */
  opened({ id, lastChange }: Pick<Session, 'id' | 'lastChange'>): void {
    if (!this.isInbox || this.hears(id))
      throw new Violation('D17', `${this.userId} was shown ${id}, which it hears already`)
    this.shown.set(id, lastChange)
    this.left.delete(id)
  }

  counted(event: Counted): void {
    const { sessionId, change } = event.data
    const before = this.heard.get(sessionId)
    if (before === undefined) this.first(event)
    else if (change !== before + 1)
      throw new Violation('D1', `${this.userId} got change ${change} of ${sessionId} after ${before}`)
    else this.heard.set(sessionId, change)
    if (!isRemoval(event, this.userId)) return
    this.heard.delete(sessionId)
    this.left.add(sessionId)
  }

  private first(event: Counted): void {
    const { sessionId, change } = event.data
    const shownAt = this.shown.get(sessionId)
    if (shownAt === undefined && (!this.isInbox || this.left.has(sessionId))) {
      this.uninvited(event)
      return
    }
    if (shownAt !== undefined) this.firstOfShown(event, shownAt)
    else if (comesIn(event, this.userId))
      throw new Violation('D17', `${this.userId} came into ${sessionId} and was not shown it`)
    this.heard.set(sessionId, change)
    this.shown.delete(sessionId)
  }

  private firstOfShown(event: Counted, shownAt: number): void {
    const { sessionId, change } = event.data
    if (change > shownAt + 1 || (change > 1 && !comesIn(event, this.userId)))
      throw new Violation(
        'D17',
        `${this.userId} was shown change ${shownAt} of ${sessionId} and got ${event.name} ${change}`,
      )
  }

  /** Without a join only an operator hears, of what it is given (D7). */
  private uninvited(event: Counted): void {
    const { sessionId, change } = event.data
    if (this.left.has(sessionId))
      throw new Violation('D6', `${this.userId} was removed from ${sessionId} and got change ${change}`)
    const isGiven = event.name === 'session.assigned' && event.data.operator.id === this.userId
    if (!isGiven || change <= (this.told.get(sessionId) ?? 0))
      throw new Violation(
        'D7',
        `${this.userId} got ${event.name} ${change} of ${sessionId}, which it doesn’t hear`,
      )
    this.told.set(sessionId, change)
  }
}
