import type { Message } from '@parley/contracts'
import { visibleName } from '@parley/design/names'
import type { Chat } from '@parley/sdk'
import { useMe, useSearch } from '@parley/sdk/react'
import { useEffect, useRef } from 'react'
import { formatRoute } from '../../app/route.ts'
import { useReconnected } from '../../client/use-reconnected.ts'
import { errorText } from '../../i18n/error-text.ts'
import { useTexts } from '../../i18n/i18n.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice, Skeleton } from '../../ui/notice.tsx'
import { When } from '../../ui/when.tsx'
import { usePersons } from '../person/index.ts'
import { highlighted } from './highlight.ts'
import './search-results.css'

interface SearchResultsProps {
  /** It rests: each other one asks the server. */
  keyword: string
  /** `null`: in all of one's chats. */
  sessionId: string | null
  chats: readonly Chat[]
}

/** Found messages, newest first; more come as the end is scrolled to. */
export function SearchResults({ keyword, sessionId, chats }: SearchResultsProps) {
  const texts = useTexts()
  const found = useSearch(sessionId === null ? { keyword } : { keyword, sessionId })
  const { items, total, hasMore, loading, loadingMore, error, loadMore } = found
  const names = usePersons(items.map(({ senderId }) => senderId))
  const me = useMe()
  useReconnected(() => error !== null && void loadMore())
  if (loading) return <Skeleton rows={4} label={texts('search.under_way')} />
  const problem = errorText(texts, error)
  if (items.length === 0 && problem)
    return (
      <Notice icon="alert" title={texts('search.failed')} text={problem}>
        <Button onClick={() => void loadMore()}>{texts('try_again')}</Button>
      </Notice>
    )
  if (items.length === 0)
    return <Notice icon="search" title={texts('search.none')} text={texts('search.none_hint')} />
  const titles = new Map(chats.map(({ id, title }) => [id, title]))
  // What is in none of the chats was said in a support session, where people may have no name.
  const placeOf = (message: Message) => titles.get(message.sessionId) ?? texts('rail.sessions')
  const senderOf = ({ senderId, senderType, sessionId: where }: Message) => {
    if (senderId === me?.id) return texts('message.me')
    const name = visibleName(names.card(senderId)?.name)
    return name ?? (titles.has(where) ? senderId : texts(`message.sender.${senderType}`))
  }
  return (
    <>
      <p className="search-total numbers" role="status">
        {texts(total >= 1000 ? 'search.very_many' : 'search.total', { n: total })}
      </p>
      <ul className="search-hits" aria-label={texts('search.results')}>
        {items.map(message => (
          <li key={message.id}>
            <Hit
              message={message}
              keyword={keyword}
              sender={senderOf(message)}
              place={sessionId === null ? placeOf(message) : null}
            />
          </li>
        ))}
      </ul>
      {problem && (
        <div className="session-more">
          <p role="alert">{problem}</p>
          <Button size="s" onClick={() => void loadMore()}>
            {texts('try_again')}
          </Button>
        </div>
      )}
      {hasMore && !problem && <Foot loading={loadingMore} onReached={() => void loadMore()} />}
    </>
  )
}

interface HitProps {
  message: Message
  keyword: string
  sender: string
  place: string | null
}

function Hit({ message, keyword, sender, place }: HitProps) {
  const { sessionId, seq, text, file, createdAt } = message
  const words = text || file?.name || ''
  return (
    <a className="search-hit" href={formatRoute({ place: 'team', sessionId, seq })}>
      <span className="search-hit-top">
        <span className="search-hit-who">
          <bdi>{sender}</bdi>
          {place !== null && place !== sender && (
            <>
              {' · '}
              <bdi>{place}</bdi>
            </>
          )}
        </span>
        <When className="session-row-time" at={createdAt} />
      </span>
      <span className="search-hit-text" dir="auto">
        {highlighted(words, keyword).map((piece, at) =>
          piece.found ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never change places
            <mark key={at}>{piece.text}</mark>
          ) : (
            piece.text
          ),
        )}
      </span>
    </a>
  )
}

/** Asks for more when it comes into sight. */
function Foot({ loading, onReached }: { loading: boolean; onReached: () => void }) {
  const texts = useTexts()
  const foot = useRef<HTMLDivElement>(null)
  const newest = useRef(onReached)
  useEffect(() => {
    newest.current = onReached
  })
  useEffect(() => {
    if (!foot.current || loading) return
    const observer = new IntersectionObserver(entries => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) newest.current()
    })
    observer.observe(foot.current)
    return () => observer.disconnect()
  }, [loading])
  return (
    <div ref={foot} className="session-more">
      {loading ? (
        <span className="spinner search-more" role="status" aria-label={texts('loading')} />
      ) : (
        <Button size="s" onClick={onReached}>
          {texts('search.more')}
        </Button>
      )}
    </div>
  )
}
