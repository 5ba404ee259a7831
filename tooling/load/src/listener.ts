export interface Heard {
  readonly clientMessageId: string
  readonly senderId: string
  readonly seq: number
}

/** Exactly once and in order, as one listener hears its session. */
export class Listener {
  readonly seen = new Set<string>()
  doubled = 0
  disordered = 0
  private lastSeq = 0

  hear({ clientMessageId, seq }: Heard): void {
    if (this.seen.has(clientMessageId)) this.doubled++
    this.seen.add(clientMessageId)
    if (seq <= this.lastSeq) this.disordered++
    this.lastSeq = seq
  }

  missing(expected: readonly string[]): number {
    return expected.filter(id => !this.seen.has(id)).length
  }
}
