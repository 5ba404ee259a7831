import { useSessionList } from '@parley/sdk/react'

/** Unread messages in one's own sessions. */
export function useUnread(): number {
  const { sessions } = useSessionList('mine')
  return sessions.reduce((sum, session) => sum + (session.unreadCount ?? 0), 0)
}
