import type { Message, Session } from '../contract-types.ts'
import type { SessionState } from '../sync/session-state.ts'
import type { Emit } from './emitter.ts'
import { isMine } from './timeline.ts'

interface News {
  /** `null`: all of it is news. `undefined`: it is merely seen for the first time. */
  readonly before: Session | null | undefined
  readonly after: SessionState
  /** Messages up to this `seq` have been told, or are older than this client. */
  readonly seen: number
  readonly live: boolean
  readonly me: string | null
}

function tellSession(emit: Emit, before: Session | null | undefined, session: Session): void {
  if (before?.lastChange === session.lastChange) return
  emit('session', { session, previous: before ?? null })
  if (before === undefined) return
  const { operator, status } = session
  if (status === 'active' && operator && operator.id !== before?.operatorId)
    emit('assigned', { session, operator })
  if (status === 'ended' && before?.status !== 'ended') emit('ended', { session })
}

/** Tells what a step has brought; answers with the newest `seq` that is told now. */
export function tellNews(emit: Emit, { before, after, seen, live, me }: News): number {
  const { session } = after
  const news = after.messages.filter(({ seq }) => seq > seen)
  const isNews = (message: Message) => !message.recalled && !isMine(message, session, me)
  if (session) tellSession(emit, before, session)
  for (const message of news.filter(isNews)) emit('message', { message, session, live })
  return news.at(-1)?.seq ?? seen
}
