import type { MarkRequest } from '../ports/store/message-store.ts'

/** Delivered runs that wait to be written, those of one person in one session joined where they touch. */
export class MarkBatch {
  private waiting = new Map<string, MarkRequest[]>()

  add(request: MarkRequest): void {
    const key = `${request.sessionId}/${request.userId}`
    const runs = [...(this.waiting.get(key) ?? []), request].sort((a, b) => a.from - b.from)
    this.waiting.set(key, runs.slice(1).reduce(join, runs.slice(0, 1)))
  }

  isEmpty(): boolean {
    return this.waiting.size === 0
  }

  /** Lowest runs first, so that each finds the one before it marked. */
  take(): MarkRequest[] {
    const taken = [...this.waiting.values()].flat()
    this.waiting = new Map()
    return taken
  }
}

function join(runs: MarkRequest[], next: MarkRequest): MarkRequest[] {
  const last = runs.at(-1)
  if (!last || next.from > last.to + 1) runs.push(next)
  else runs[runs.length - 1] = { ...last, to: Math.max(last.to, next.to) }
  return runs
}
