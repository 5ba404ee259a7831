import { whoseSessions } from '../access/whose.ts'
import type { Handler } from '../node/handler.ts'
import { pageOf, skipOf } from '../page-of.ts'

/** Of another person's sessions staff are shown what they may know of (I5). */
export const sessionOfUser: Handler<'session.of-user'> = async ({ store }, { caller }, input) => {
  const whose = whoseSessions(caller, input.userId)
  const [items, total] = await Promise.all([
    store.sessionsOf(whose, input.limit, skipOf(input)),
    store.countSessionsOf(whose),
  ])
  return pageOf(items, total, input)
}
