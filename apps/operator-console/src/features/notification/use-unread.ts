import { useChats, useSessionList } from '@parley/sdk/react'

/** Unread messages in one's own support sessions. */
export function useUnread(): number {
  const { sessions } = useSessionList('mine')
  return sessions.reduce((sum, session) => sum + (session.unreadCount ?? 0), 0)
}

/** Unread messages in one's private sessions and groups. */
export const useChatsUnread = (): number => useChats().unreadCount
