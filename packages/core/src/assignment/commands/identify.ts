import { addChange, audit, type Draft, type SessionDraft, setPart } from '../draft.ts'
import { endSession } from '../moves.ts'
import type { TurnCommand } from '../turn.ts'
import { done, refused, type Verdict } from '../verdict.ts'

type Identify = Extract<TurnCommand, { kind: 'identify' }>

const MERGED = 'merged'

/** The visitor's open session goes to the user; the user's own open one comes first (I7, I8). */
export function identify(draft: Draft, command: Identify): Verdict {
  const { visitorId, userId } = command
  const visitorRole = draft.view.roleOf.get(visitorId)
  const userRole = draft.view.roleOf.get(userId)
  const sessionId = draft.openSessionOf.get(visitorId)
  const session = sessionId === undefined ? undefined : draft.sessions.get(sessionId)
  if (visitorId === userId || !session) return done()
  if (visitorRole !== 'visitor' || (userRole !== undefined && userRole !== 'user'))
    return refused('forbidden')
  const own = draft.openSessionOf.get(userId)
  if (own !== undefined) endSession(draft, session, null, MERGED)
  handOver(draft, session, command, own === undefined)
  return done(own ?? session.id)
}

function handOver(draft: Draft, session: SessionDraft, command: Identify, stillOpen: boolean): void {
  const { visitorId, userId, name } = command
  draft.openSessionOf.delete(visitorId)
  if (stillOpen) draft.openSessionOf.set(userId, session.id)
  session.userId = userId
  const change = addChange(draft, session, {
    kind: 'participants',
    added: [userId],
    removed: [visitorId],
    identified: { visitorId, userId },
  })
  if (!renameUnwritten(draft, session, command, change)) {
    draft.identified.push({ sessionId: session.id, visitorId, userId, name, change })
  }
  audit(
    draft,
    'session.identify',
    { kind: 'session', id: session.id, customerId: visitorId },
    { visitorId, userId },
  )
}

/** A session that this very turn makes is not in the store yet: it is made as the user's. */
function renameUnwritten(draft: Draft, session: SessionDraft, command: Identify, change: number): boolean {
  const made = draft.created.get(session.id)
  if (!made) return false
  const { visitorId, userId, name } = command
  draft.created.set(session.id, { ...made, userId, userType: 'user', userName: name ?? made.userName })
  setPart(draft, { sessionId: session.id, userId: visitorId, role: 'visitor', joined: false, change })
  setPart(draft, { sessionId: session.id, userId, role: 'visitor', joined: true, change })
  return true
}
