import { useChats } from '@parley/sdk/react'
import { useRef, useState } from 'react'
import { formatRoute } from '../../app/route.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useResting } from '../../client/use-resting.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { IconButton } from '../../ui/button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { SearchResults } from '../search/index.ts'
import { ChatList } from './chat-list.tsx'
import { ChatPicture } from './chat-picture.tsx'
import { NewChatDialog } from './new-chat-dialog.tsx'
import { titleOf } from './words.ts'
import './chats-pane.css'

export function ChatsPane({ selected }: { selected: string | null }) {
  const texts = useTexts()
  const [search, setSearch] = useState('')
  const [making, setMaking] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  useShortcuts({ search: () => input.current?.focus() })
  return (
    <div className="sessions-pane">
      <header className="chats-head">
        <h2>{texts('chat.title')}</h2>
        <IconButton icon="plus" label={texts('chat.new')} onClick={() => setMaking(true)} />
      </header>
      <SearchField
        inputRef={input}
        value={search}
        label={texts('chat.search')}
        shortcut="/"
        onChange={setSearch}
      />
      {search.trim() === '' ? (
        <ChatList selected={selected} onNew={() => setMaking(true)} />
      ) : (
        <Found search={search} selected={selected} />
      )}
      {making && <NewChatDialog onClose={() => setMaking(false)} />}
    </div>
  )
}

/** Chats by their name at once, messages as soon as the hands rest. */
function Found({ search, selected }: { search: string; selected: string | null }) {
  const texts = useTexts()
  const { chats } = useChats()
  const keyword = useResting(search.trim())
  const [here, setHere] = useState(false)
  const scope = here ? selected : null
  const wanted = search.trim().toLocaleLowerCase()
  const named = chats.filter(chat => titleOf(chat).toLocaleLowerCase().includes(wanted))
  return (
    <div className="search-panel">
      {selected !== null && (
        <label className="search-scope">
          <input type="checkbox" checked={here} onChange={event => setHere(event.target.checked)} />
          {texts('search.here')}
        </label>
      )}
      {scope === null && named.length > 0 && (
        <ul className="search-chats" aria-label={texts('chat.list')}>
          {named.map(chat => (
            <li key={chat.id}>
              <a
                className="search-chat"
                href={formatRoute({ place: 'team', sessionId: chat.id, seq: null })}
                aria-current={chat.id === selected ? 'true' : undefined}
              >
                <ChatPicture title={titleOf(chat)} other={chat.other} size={28} />
                <bdi>{titleOf(chat)}</bdi>
              </a>
            </li>
          ))}
        </ul>
      )}
      <SearchResults key={`${scope} ${keyword}`} keyword={keyword} sessionId={scope} chats={chats} />
    </div>
  )
}
