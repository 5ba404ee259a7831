import { Failure, type Message, type Session } from '@parley/contracts'
import { accessSession, type KnownSession, knows } from '../access/session-access.ts'
import { whoActs } from '../access/who-acts.ts'
import { backfill } from '../delivery/backfill.ts'
import type { Handler } from '../node/handler.ts'
import type { Store } from '../ports/store.ts'
import type { HearingDeps } from './deps.ts'

/** The newest page, as every message list has it. */
const NEWEST = { kind: 'page', page: 1, limit: 50 } as const

export function sessionJoin({
  store,
  hubs,
  positions,
  later,
}: Omit<HearingDeps, 'marks'>): Handler<'session.join'> {
  return (_deps, context, input) => {
    const userId = whoActs(context.caller, input.userId)
    return backfill(hubs, context, later, async filling => {
      filling.listen([input.sessionId])
      const known = await accessSession(store, context.caller, input.sessionId, ['party', 'staff'])
      const { session } = known
      // The snapshot decides, not the part that was read beside it: see D4.
      if (!knows(context.caller, session.type, session.participants.includes(userId)))
        throw new Failure('not_found')
      const messages = await newestOf(store, known)
      filling.admit(session)
      filling.enter(session.id)
      filling.show(session.id, messages)
      filling.hasFrom(session, messages[0]?.seq ?? session.lastSeq + 1)
      positions.shown(session)
      return { session, messages }
    })
  }
}

/** No message that the snapshot doesn't have: it will come as an event. */
async function newestOf(store: Store, { session, visibleAfterSeq }: KnownSession): Promise<Message[]> {
  const { items } = await store.messages(session.id, NEWEST, visibleAfterSeq)
  return upTo(items, session)
}

const upTo = (messages: readonly Message[], { lastSeq }: Session): Message[] =>
  messages.filter(({ seq }) => seq <= lastSeq)
