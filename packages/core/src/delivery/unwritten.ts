/** Answers that are made and not yet written to their connection: what must not overtake them waits. */
export class Unwritten {
  private readonly counts = new Map<string, number>()
  private readonly waiting = new Map<string, (() => void)[]>()

  made(connectionId: string): void {
    this.counts.set(connectionId, (this.counts.get(connectionId) ?? 0) + 1)
  }

  written(connectionId: string): void {
    const left = (this.counts.get(connectionId) ?? 0) - 1
    if (left > 0) this.counts.set(connectionId, left)
    else this.forget(connectionId)
  }

  /** Resolves when all are out, or the connection is gone. */
  none(connectionId: string): Promise<void> {
    if (!this.counts.has(connectionId)) return Promise.resolve()
    return new Promise(resolve => {
      const theirs = this.waiting.get(connectionId) ?? []
      this.waiting.set(connectionId, [...theirs, resolve])
    })
  }

  forget(connectionId: string): void {
    this.counts.delete(connectionId)
    const waiting = this.waiting.get(connectionId) ?? []
    this.waiting.delete(connectionId)
    for (const resolve of waiting) resolve()
  }

  size(): number {
    return this.counts.size
  }
}
