import { undirected } from '@parley/design/names'
import { useOperators } from '@parley/sdk/react'
import { useMemo, useState } from 'react'
import { useReconnected } from '../../client/use-reconnected.ts'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { SessionList } from './session-list.tsx'
import { type HistoryFilter, useHistory } from './use-history.ts'
import { matches } from './words.ts'

interface HistoryListProps {
  selected: string | null
  search: string
}

export function HistoryList(props: HistoryListProps) {
  const texts = useTexts()
  const { operators } = useOperators()
  const [operatorId, setOperatorId] = useState<string | null>(null)
  return (
    <>
      <select
        className="session-filter"
        aria-label={texts('session.of_operator')}
        value={operatorId ?? ''}
        onChange={event => setOperatorId(event.target.value || null)}
      >
        <option value="">{texts('session.everyone')}</option>
        {operators.map(operator => (
          <option key={operator.id} value={operator.id}>
            {undirected(operator.name)}
          </option>
        ))}
      </select>
      <Ended key={operatorId} operatorId={operatorId} {...props} />
    </>
  )
}

const NONE: ReadonlySet<string> = new Set()

function Ended({ operatorId, selected, search }: HistoryListProps & HistoryFilter) {
  const texts = useTexts()
  const history = useHistory({ operatorId })
  const { sessions, more, loading, error, loadMore } = history
  useReconnected(() => error !== null && loadMore())
  const found = useMemo(
    () => sessions.filter(session => matches(texts, session, search)),
    [sessions, search, texts],
  )
  if (sessions.length === 0 && loading) return <Skeleton rows={5} label={texts('loading')} />
  const problem = errorText(texts, error)
  if (sessions.length === 0 && problem) {
    return (
      <Notice icon="alert" title={texts('session.list_failed')} text={problem}>
        <Button onClick={loadMore}>{texts('try_again')}</Button>
      </Notice>
    )
  }
  return (
    <SessionList
      view="history"
      sessions={found}
      selected={selected}
      fresh={NONE}
      label={texts('session.view.history')}
      empty={
        sessions.length === 0 ? (
          <Notice icon="sessions" title={texts('session.empty.history')} />
        ) : (
          <Notice icon="search" title={texts('session.not_found')} />
        )
      }
      foot={
        more && (
          <div className="session-more">
            {problem && <p role="alert">{problem}</p>}
            <Button size="s" pending={loading} onClick={loadMore}>
              {texts(search.trim() === '' ? 'session.older' : 'session.search_older')}
            </Button>
          </div>
        )
      }
    />
  )
}
