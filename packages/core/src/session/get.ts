import { accessSession } from '../access/session-access.ts'
import type { Handler } from '../node/handler.ts'

export const sessionGet: Handler<'session.get'> = async ({ store }, { caller }, { sessionId }) => {
  const { session } = await accessSession(store, caller, sessionId, ['party', 'staff', 'key'])
  return session
}
