import type { Line } from './line.ts'
import type { Replica } from './replica.ts'
import type { Surroundings } from './surroundings.ts'
import type { Out } from './wire.ts'

/** Asks until every known session is complete, as long as the connection stands. */
export async function syncAll(around: Surroundings, line: Line, replica: Replica): Promise<void> {
  const { clock, random } = around
  const isBehind = (id: string) =>
    replica.know(id).cursor < (line.hearing.last(id) ?? Number.POSITIVE_INFINITY)
  const behind = () => [...replica.copies.keys()].filter(isBehind)
  let first = true
  while (line.isOpen && (first || behind().length > 0)) {
    const ids = first ? [...replica.copies.keys()] : behind()
    const cursors = Object.fromEntries(ids.map(id => [id, replica.know(id).cursor]))
    const limit = random.between(1, 20)
    const answer = await line.call('session.sync', { sessions: cursors, limit }, null)
    if (answer?.ok) {
      first = false
      take(line, replica, answer.output as Out<'session.sync'>, ids)
    } else await clock.sleep(random.between(100, 500))
  }
}

function take(
  line: Line,
  replica: Replica,
  { sessions, others, unknown }: Out<'session.sync'>,
  asked: readonly string[],
): void {
  for (const sessionId of asked) {
    const synced = sessions[sessionId]
    if (!synced) continue
    replica.answer(sessionId, synced)
    if (synced.complete) line.hearing.answered(sessionId, synced.upTo)
  }
  for (const session of others) {
    line.hearing.answered(session.id, session.lastChange)
    replica.show(session)
  }
  for (const sessionId of unknown) {
    replica.copies.delete(sessionId)
    line.hearing.refused(sessionId)
  }
}
