import type { EventData, EventName, Happening, Role } from '@parley/contracts'
import type { Connection } from '../../ports/connection.ts'

/** A connection that remembers what it was given. */
export class RecordingConnection implements Connection {
  readonly id: string
  readonly caller: Connection['caller']
  readonly got: Happening[] = []
  pings = 0
  closed: string | null = null

  constructor(id: string, userId: string, role: Role = 'visitor', loginId = `login of ${userId}`) {
    this.id = id
    this.caller = { kind: 'person', userId, role, name: null, loginId }
  }

  deliver(happening: Happening): void {
    this.got.push(happening)
  }

  ping(): void {
    this.pings++
  }

  close(why: string): void {
    this.closed = why
  }

  /** The change numbers that it was given of a session. */
  changes(sessionId: string): number[] {
    return this.got.flatMap(({ data }) =>
      'change' in data && data.sessionId === sessionId ? [data.change] : [],
    )
  }

  /** What it was given of one kind. */
  all<N extends EventName>(name: N): EventData<N>[] {
    return this.got
      .filter(happening => happening.name === name)
      .map((happening: { readonly data: unknown }) => happening.data as EventData<N>)
  }
}
