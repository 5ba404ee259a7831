import type { Message } from '@parley/contracts'
import type { State } from '../memory-store/state.ts'
import { Violation } from './violation.ts'

interface Ack {
  readonly messageId: string
  readonly sessionId: string
  readonly seq: number
}

/** What clients were promised: each message that was acknowledged is there, once, for good (M1, M3). */
export class Ledger {
  private readonly acks = new Map<string, Ack>()
  private readonly ended = new Map<string, string>()

  /** `text` is what the client wrote, different for each of its messages. */
  acknowledged(text: string, { id, sessionId, seq }: Message): void {
    const before = this.acks.get(text)
    if (before && before.messageId !== id)
      throw new Violation('M3', `“${text}” was acknowledged as ${before.messageId} and as ${id}`)
    this.acks.set(text, { messageId: id, sessionId, seq })
  }

  refusedAsEnded(text: string, sessionId: string): void {
    this.ended.set(text, sessionId)
  }

  count(): number {
    return this.acks.size
  }

  check(rows: State): void {
    this.checkTexts(rows)
    for (const [text, { messageId, sessionId, seq }] of this.acks) {
      const row = rows.sessions.get(sessionId)?.messages[seq - 1]
      if (row?.id !== messageId || !(row.recalled || row.text === text))
        throw new Violation('M1', `“${text}” was acknowledged as ${seq} of ${sessionId} and is not there`)
    }
  }

  private checkTexts(rows: State): void {
    const seen = new Set<string>()
    for (const { id, messages } of rows.sessions.values())
      for (const { text, recalled } of messages) {
        if (recalled) continue
        if (seen.has(text)) throw new Violation('M3', `“${text}” is stored twice in ${id}`)
        seen.add(text)
        if (this.ended.has(text)) throw new Violation('S9', `“${text}” was refused and is stored`)
      }
  }
}
