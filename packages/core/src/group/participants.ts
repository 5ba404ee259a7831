import { accessSession } from '../access/session-access.ts'
import { seesContacts } from '../access/sight.ts'
import type { Handler } from '../node/handler.ts'
import { pageOf, skipOf } from '../page-of.ts'

export const sessionParticipants: Handler<'session.participants'> = async ({ store }, { caller }, input) => {
  const { sessionId, limit } = input
  await accessSession(store, caller, sessionId, ['party', 'staff', 'key'])
  const place = { limit, skip: skipOf(input) }
  const { items, total } = await store.participants(sessionId, place, seesContacts(caller))
  return pageOf(items, total, input)
}
