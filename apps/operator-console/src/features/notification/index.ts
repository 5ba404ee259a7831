export { Alerts } from './alerts.tsx'
export { NotificationSettings } from './notification-settings.tsx'
export { PageBadge } from './page-badge.tsx'
export { useChatsUnread, useUnread } from './use-unread.ts'
