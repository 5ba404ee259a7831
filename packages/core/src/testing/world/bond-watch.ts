import type { SessionRow, State } from '../memory-store/state.ts'
import { Violation } from './violation.ts'

/** Sees that nothing is stored between two people after the step that forbids it (F11). */
export class BondWatch {
  /** Private session → how its two stand, and since when the watch has seen it. */
  private readonly seen = new Map<string, { readonly bond: SessionRow['bond']; readonly at: number }>()
  private readonly anyone: boolean

  constructor(anyone: boolean) {
    this.anyone = anyone
  }

  check({ sessions }: State, now: number): void {
    for (const session of sessions.values()) {
      if (session.type !== 'private') continue
      const { id, bond, messages } = session
      if (this.seen.get(id)?.bond !== bond) this.seen.set(id, { bond, at: now })
      const forbids = bond === 'blocked' || (bond === 'none' && !this.anyone)
      const isNew = messages.at(-1)?.createdAt === now && (this.seen.get(id)?.at ?? now) < now
      if (forbids && isNew) throw new Violation('F11', `${id} got a message while its two are “${bond}”`)
    }
  }
}
