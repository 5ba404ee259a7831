import type { SessionList as ListName } from '@parley/contracts'
import { useSessionList } from '@parley/sdk/react'
import { Tabs } from 'radix-ui'
import { useRef, useState } from 'react'
import { navigate, SESSION_VIEWS, type SessionView } from '../../app/route.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { loadOf, useMyself } from '../operator/index.ts'
import { HistoryList } from './history-list.tsx'
import { LiveList } from './live-list.tsx'
import './sessions-pane.css'

const LIVE: Record<Exclude<SessionView, 'history'>, ListName> = {
  mine: 'mine',
  queue: 'queue',
  all: 'active',
}

interface SessionsPaneProps {
  view: SessionView
  selected: string | null
}

export function SessionsPane({ view, selected }: SessionsPaneProps) {
  const texts = useTexts()
  const [search, setSearch] = useState('')
  const searchInput = useRef<HTMLInputElement>(null)
  useShortcuts({ search: () => searchInput.current?.focus() })
  return (
    <Tabs.Root
      className="sessions-pane"
      value={view}
      onValueChange={next => navigate({ place: 'sessions', view: next as SessionView, sessionId: selected })}
    >
      <Tabs.List className="session-tabs" aria-label={texts('session.lists')}>
        {SESSION_VIEWS.map(one => (
          <Tabs.Trigger key={one} value={one} className="session-tab">
            {texts(`session.view.${one}`)}
            <Count view={one} />
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <SearchField
        inputRef={searchInput}
        value={search}
        label={texts('session.search')}
        shortcut="/"
        onChange={setSearch}
      />
      <Tabs.Content value={view} className="sessions-panel" tabIndex={-1} key={view}>
        {view === 'history' ? (
          <HistoryList selected={selected} search={search} />
        ) : (
          <LiveList view={view} list={LIVE[view]} selected={selected} search={search} />
        )}
      </Tabs.Content>
    </Tabs.Root>
  )
}

/** My load against my limit, and how many wait: the two numbers that decide what to do next. */
function Count({ view }: { view: SessionView }) {
  if (view === 'mine') return <MyLoad />
  return view === 'queue' ? <QueueLength /> : null
}

function MyLoad() {
  const myself = useMyself()
  return myself && <span className="session-tab-count numbers">{loadOf(myself)}</span>
}

function QueueLength() {
  const { total } = useSessionList('queue')
  return (
    <span className="session-tab-count numbers" data-some={total > 0 || undefined}>
      {total}
    </span>
  )
}
