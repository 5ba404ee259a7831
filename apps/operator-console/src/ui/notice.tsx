import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import './notice.css'

interface NoticeProps {
  icon?: IconName
  title: string
  text?: string | undefined
  children?: ReactNode
}

/** What stands where a list or a session has nothing to show: what is the case, and what to do. */
export const Notice = ({ icon, title, text, children }: NoticeProps) => (
  <div className="notice">
    {icon && <Icon name={icon} size={24} />}
    <p className="notice-title">{title}</p>
    {text && <p>{text}</p>}
    {children}
  </div>
)

/** Rows in the shape of what is coming, so that nothing jumps when it is there. */
export const Skeleton = ({ rows, label }: { rows: number; label: string }) => (
  <div className="skeleton" role="status">
    <span className="unseen">{label}</span>
    {Array.from({ length: rows }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never change places
      <div key={row} className="skeleton-row" aria-hidden="true">
        <i />
        <b />
      </div>
    ))}
  </div>
)
