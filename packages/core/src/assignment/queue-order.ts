import type { SessionState } from './turn.ts'

/** Those that came back from an operator first, then by the time of the first waiting (A4). */
export function byQueue(a: SessionState, b: SessionState): number {
  if (a.returned !== b.returned) return a.returned ? -1 : 1
  return (a.queueNo ?? 0) - (b.queueNo ?? 0)
}

export function insertByQueue<S extends SessionState>(waiting: S[], session: S): void {
  const behind = waiting.findLastIndex(other => byQueue(other, session) < 0)
  waiting.splice(behind + 1, 0, session)
}
