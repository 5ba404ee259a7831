export { Alerts } from './alerts.tsx'
export { NotificationSettings } from './notification-settings.tsx'
export { PageBadge } from './page-badge.tsx'
export { useUnread } from './use-unread.ts'
