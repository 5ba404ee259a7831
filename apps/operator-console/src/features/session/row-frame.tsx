import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/i18n.tsx'
import { Count } from '../../ui/count.tsx'
import { focusComposer } from '../message/index.ts'
import type { RowState } from './session-rows.tsx'
import './session-row.css'

interface FrameProps extends RowState {
  id: string
  href: string
  unread: number
  picture: ReactNode
  name: string
  time: ReactNode
  /** It has come while the list was shown. */
  fresh?: boolean
  /** The second line. */
  children: ReactNode
}

/** The link to a session in a list: who, when, what was said last, how much of it is unread. */
export function RowFrame({ id, href, unread, picture, name, time, fresh, children, ...state }: FrameProps) {
  const texts = useTexts()
  return (
    <a
      href={href}
      tabIndex={state.tabIndex}
      className="session-row"
      aria-current={state.current ? 'true' : undefined}
      data-gone={state.gone || undefined}
      data-fresh={fresh || undefined}
      data-unread={unread > 0 || undefined}
      onFocus={() => state.onReached(id)}
      onClick={() => state.current && focusComposer()}
    >
      {picture}
      <span className="session-row-main">
        <span className="session-row-top">
          <bdi className="session-row-name">{name}</bdi>
          {time}
        </span>
        <span className="session-row-bottom">
          {children}
          <Count n={unread} words={texts('session.unread', { n: unread })} />
        </span>
      </span>
    </a>
  )
}
