import type { Session } from '@parley/contracts'
import { useMe, useObservable } from '@parley/sdk/react'
import type { ReactNode } from 'react'
import { formatRoute, navigate, type SessionView } from '../../app/route.ts'
import { useDrafts } from '../message/index.ts'
import { SessionRow } from './session-row.tsx'
import { SessionRows } from './session-rows.tsx'

interface SessionListProps {
  view: SessionView
  sessions: readonly Session[]
  selected: string | null
  /** Those that slide in. */
  fresh: ReadonlySet<string>
  label: string
  /** In place of no rows. */
  empty: ReactNode
  /** Below the last row. */
  foot?: ReactNode
}

export function SessionList({ view, sessions, selected, fresh, label, empty, foot }: SessionListProps) {
  const me = useMe()
  const drafts = useObservable(useDrafts())
  const routeTo = (sessionId: string) => ({ place: 'sessions', view, sessionId }) as const
  return (
    <SessionRows
      items={sessions}
      selected={selected}
      label={label}
      onOpen={id => navigate(routeTo(id))}
      row={(session, state) => (
        <SessionRow
          session={session}
          view={view}
          me={me}
          href={formatRoute(routeTo(session.id))}
          draft={!state.current && drafts.has(session.id)}
          fresh={fresh.has(session.id)}
          {...state}
        />
      )}
      empty={empty}
      foot={foot}
    />
  )
}
