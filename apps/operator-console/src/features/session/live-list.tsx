import type { SessionList as ListName, Session } from '@parley/contracts'
import { useSessionList } from '@parley/sdk/react'
import { useMemo } from 'react'
import type { SessionView } from '../../app/route.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useMyself } from '../operator/index.ts'
import { ListFailed, ListLoading } from './list-states.tsx'
import { SessionList } from './session-list.tsx'
import { useFresh } from './use-fresh.ts'
import { matches } from './words.ts'

interface LiveListProps {
  view: Exclude<SessionView, 'history'>
  list: ListName
  selected: string | null
  search: string
}

export function LiveList({ view, list, selected, search }: LiveListProps) {
  const { sessions, total, loading, error } = useSessionList(list)
  if (loading && sessions.length === 0) return <ListLoading />
  if (error && sessions.length === 0) return <ListFailed error={error} />
  return <Shown view={view} sessions={sessions} total={total} selected={selected} search={search} />
}

interface ShownProps extends Omit<LiveListProps, 'list'> {
  sessions: readonly Session[]
  total: number
}

function Shown({ view, sessions, total, selected, search }: ShownProps) {
  const texts = useTexts()
  const fresh = useFresh(sessions)
  const outside = useMyself() === null && view === 'mine'
  const found = useMemo(
    () => sessions.filter(session => matches(texts, session, search)),
    [sessions, search, texts],
  )
  const more = total - sessions.length
  return (
    <SessionList
      view={view}
      sessions={found}
      selected={selected}
      fresh={fresh}
      label={texts(`session.view.${view}`)}
      empty={
        search.trim() === '' ? (
          <Notice
            icon="sessions"
            title={texts(`session.empty.${view}`)}
            text={texts(outside ? 'session.empty_hint.outside' : `session.empty_hint.${view}`)}
          />
        ) : (
          <Notice icon="search" title={texts('session.not_found')} />
        )
      }
      foot={
        more > 0 &&
        search.trim() === '' && <p className="session-more">{texts('session.more', { n: more })}</p>
      }
    />
  )
}
