import type { CallBinding, Family, Happening } from '@parley/contracts'
import type { Connection, Person } from '@parley/core'
import { type Hearing, hearingAtFirst, type WireEvent } from './hearing.ts'

/** The wire behind a connection, as a door has it. A dead one drops what it gets. */
export interface Link {
  event(event: WireEvent, happening: Happening): void
  /** Asks for a sign of life; the door tells the node when it comes. */
  ping(): void
  /** Bytes that wait because the other end does not read. */
  backlog(): number
  end(why: 'login-ended' | 'too-slow'): void
}

/** A reader that is so far behind loses its connection, not the server its memory: it comes back and syncs. */
const BACKLOG_MAX = 1_048_576
/** More than the answer to one sync, which has all that a client missed. */
const UNREAD_ANSWERS_MAX = 8 * BACKLOG_MAX

export class LiveConnection implements Connection {
  readonly id: string
  readonly caller: Person
  readonly #link: Link
  #hearing: Hearing
  /** What came before the other end could take it. */
  #early: Happening[] | null = []

  constructor(id: string, caller: Person, link: Link, home: Family) {
    this.id = id
    this.caller = caller
    this.#link = link
    this.#hearing = hearingAtFirst(home)
  }

  /** The other end has been told that it is connected. */
  open(): void {
    const early = this.#early ?? []
    this.#early = null
    for (const happening of early) this.deliver(happening)
  }

  /** What a call makes its connection hear from now on. */
  hear(call: Pick<CallBinding, 'joins' | 'syncs'>): void {
    if (call.joins || call.syncs) this.#hearing = this.#hearing.after(call)
  }

  /** May it call? Who asks on and on and reads no answer loses its connection. */
  mayCall(): boolean {
    if (this.#link.backlog() <= UNREAD_ANSWERS_MAX) return true
    this.close('too-slow')
    return false
  }

  deliver(happening: Happening): void {
    if (this.#early) {
      this.#early.push(happening)
      return
    }
    for (const event of this.#hearing.as(happening.name)) {
      if (event.hears?.(happening, this.caller.userId) ?? true) this.#link.event(event, happening)
    }
    if (this.#link.backlog() > BACKLOG_MAX) this.close('too-slow')
  }

  ping(): void {
    this.#link.ping()
  }

  close(why: 'login-ended' | 'too-slow'): void {
    this.#link.end(why)
  }
}
