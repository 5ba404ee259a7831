import { whoActs } from '../access/who-acts.ts'
import type { Handler } from '../node/handler.ts'

export const messageUnread: Handler<'message.unread'> = async ({ store }, { caller }, input) => {
  const bySession = await store.unread(whoActs(caller, input.userId))
  const unreadCount = [...bySession.values()].reduce((sum, count) => sum + count, 0)
  return { unreadCount, sessions: Object.fromEntries(bySession) }
}
