import type { Happening } from '@parley/contracts'
import { Violation } from './violation.ts'

type Counted = Extract<Happening, { data: { change: number; sessionId: string } }>

/** What one connection must see: each session's changes from its answer on, the next and only the next (D1). */
export class Hearing {
  private readonly userId: string
  /** Session → the last change that was in an answer or an event. */
  private readonly heard = new Map<string, number>()
  private readonly told = new Map<string, number>()
  private readonly left = new Set<string>()

  constructor(userId: string) {
    this.userId = userId
  }

  hears(sessionId: string): boolean {
    return this.heard.has(sessionId)
  }

  last(sessionId: string): number | undefined {
    return this.heard.get(sessionId)
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
    this.left.delete(sessionId)
  }

  counted(event: Counted): void {
    const { sessionId, change } = event.data
    const before = this.heard.get(sessionId)
    if (before === undefined) this.uninvited(event)
    else if (change !== before + 1)
      throw new Violation('D1', `${this.userId} got change ${change} of ${sessionId} after ${before}`)
    else this.heard.set(sessionId, change)
    if (event.name === 'participants.changed' && event.data.removed.includes(this.userId)) {
      this.heard.delete(sessionId)
      this.left.add(sessionId)
    }
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
