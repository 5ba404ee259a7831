import { useEffect } from 'react'
import { useChatsUnread, useUnread } from './use-unread.ts'

const TITLE = 'Parley'

/** Unread messages in the tab's title and picture. */
export function PageBadge() {
  const unread = useUnread() + useChatsUnread()
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${TITLE}` : TITLE
    const icon = document.querySelector<HTMLLinkElement>('#favicon')
    if (icon)
      icon.href = icon.href.replace(
        /favicon(-unread)?\.svg$/,
        unread > 0 ? 'favicon-unread.svg' : 'favicon.svg',
      )
    return () => {
      document.title = TITLE
    }
  }, [unread])
  return null
}
