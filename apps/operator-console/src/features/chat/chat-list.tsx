import type { Chat } from '@parley/sdk'
import { useChats, useMe, useObservable, useParley } from '@parley/sdk/react'
import type { ReactNode } from 'react'
import { formatRoute, navigate } from '../../app/route.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useDrafts } from '../message/index.ts'
import { ListFailed, ListLoading, SessionRows } from '../session/index.ts'
import { ChatRow } from './chat-row.tsx'

const routeTo = (sessionId: string) => ({ place: 'team', sessionId, seq: null }) as const

interface ChatListProps {
  selected: string | null
  onNew: () => void
}

/** One's private sessions and groups, latest first. */
export function ChatList({ selected, onNew }: ChatListProps) {
  const texts = useTexts()
  const { chats, hasMore, loading, error } = useChats()
  if (loading && chats.length === 0) return <ListLoading />
  if (error && chats.length === 0) return <ListFailed error={error} />
  return (
    <Rows
      chats={chats}
      selected={selected}
      foot={hasMore && <More />}
      empty={
        <Notice icon="team" title={texts('chat.empty')} text={texts('chat.empty_hint')}>
          <Button look="primary" onClick={onNew}>
            {texts('chat.new')}
          </Button>
        </Notice>
      }
    />
  )
}

interface RowsProps {
  chats: readonly Chat[]
  selected: string | null
  foot: ReactNode
  empty: ReactNode
}

function Rows({ chats, selected, foot, empty }: RowsProps) {
  const texts = useTexts()
  const me = useMe()
  const drafts = useObservable(useDrafts())
  return (
    <SessionRows
      items={chats}
      selected={selected}
      label={texts('chat.list')}
      onOpen={id => navigate(routeTo(id))}
      row={(chat, state) => (
        <ChatRow
          chat={chat}
          me={me}
          href={formatRoute(routeTo(chat.id))}
          draft={!state.current && drafts.has(chat.id)}
          {...state}
        />
      )}
      foot={foot}
      empty={empty}
    />
  )
}

function More() {
  const client = useParley()
  const texts = useTexts()
  return (
    <div className="session-more">
      <Button size="s" onClick={() => void client.chats.loadMore()}>
        {texts('session.older')}
      </Button>
    </div>
  )
}
