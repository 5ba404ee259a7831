import type { PersonCard, Session } from '../contract-types.ts'
import { newerSession } from '../sync/merge.ts'
import type { Chat, Chats, ChatsSnapshot, ListSnapshot, Observable, PagedSnapshot } from '../types.ts'
import { unreadOf } from './chat-news.ts'
import type { Core } from './core.ts'
import type { Inbox } from './inbox.ts'
import { LIST_ORDER } from './list-order.ts'
import { createView } from './observable.ts'
import { createPaged } from './paged.ts'
import type { Persons } from './persons.ts'
import type { SessionModel } from './session-model.ts'
import type { Sessions } from './sessions.ts'

interface Parts {
  readonly core: Core
  readonly inbox: Inbox
  readonly persons: Persons
  readonly sessions: Sessions
  /** Staff's live list: their sessions of the past are too many to leaf through. */
  readonly team: Observable<ListSnapshot>
}

const PAGE = 50
const STAFF: ReadonlySet<string | undefined> = new Set(['admin', 'operator', 'doctor', 'nurse'])

/** The private and group sessions that the server lists, and, newer than these, those that are heard. */
export function createChats({ core, inbox, persons, sessions, team }: Parts) {
  let used = false
  let stopSource: (() => void) | null = null
  let chats = new Map<string, Chat>()

  const pages = createPaged<Session>({
    keyOf: ({ id }) => id,
    fetch: page => core.call('session.of-user', { page, limit: PAGE }),
  })
  const isStaff = () => STAFF.has(core.me()?.role)

  const listed = (): Pick<ListSnapshot, 'sessions' | 'loading' | 'error'> & { readonly hasMore: boolean } => {
    if (isStaff()) {
      const list = team.getSnapshot()
      return { ...list, hasMore: false }
    }
    const { items, loading, error, hasMore }: PagedSnapshot<Session> = pages.getSnapshot()
    return { sessions: items, loading, error, hasMore }
  }

  const isOwnChat = ({ type, participants }: Session) =>
    type !== 'support' && participants.includes(core.me()?.id ?? '')

  const otherOf = ({ type, participants, people }: Session): PersonCard | null => {
    if (type !== 'private') return null
    const me = core.me()?.id
    const id = participants.find(userId => userId !== me)
    if (id === undefined) return null
    return persons.now(id) ?? people.find(card => card.id === id) ?? { id, name: null, avatar: null }
  }

  const chatOf = (session: Session): Chat => {
    const other = otherOf(session)
    const title = session.name ?? other?.name ?? other?.id ?? session.id
    return { id: session.id, session, title, other, unreadCount: session.unreadCount ?? 0 }
  }

  /** The same object until it looks different: a list of hundreds is drawn again row by row. */
  const kept = (next: Chat): Chat => {
    const known = chats.get(next.id)
    const { other } = next
    const isSame =
      known?.session === next.session &&
      known.title === next.title &&
      known.other?.avatar === other?.avatar &&
      known.other?.name === other?.name
    return isSame ? known : next
  }

  const seen = new WeakMap<Session, Session>()
  /** As the model has it, with what is unread by its count; the same object until one of the two changes. */
  const sessionOf = (model: SessionModel): Session | null => {
    const { session } = model.state()
    if (!session) return null
    const unreadCount = unreadOf(core, model)
    const before = seen.get(session)
    if (before?.unreadCount === unreadCount) return before
    const next = { ...session, unreadCount }
    seen.set(session, next)
    return next
  }

  const build = (): ChatsSnapshot => {
    const { sessions: known, hasMore, loading, error } = listed()
    const all = new Map(known.filter(isOwnChat).map(session => [session.id, session]))
    for (const model of sessions.all()) {
      const id = model.id()
      const session = sessionOf(model)
      if (id === null) continue
      if (model.isClosed()) all.delete(id)
      else if (session && isOwnChat(session)) all.set(id, newerSession(all.get(id) ?? null, session))
    }
    const shown = [...all.values()].sort(LIST_ORDER.team).map(session => kept(chatOf(session)))
    chats = new Map(shown.map(chat => [chat.id, chat]))
    const unreadCount = shown.reduce((sum, chat) => sum + chat.unreadCount, 0)
    return { chats: shown, unreadCount, hasMore, loading: loading && shown.length === 0, error }
  }

  const follow = () => {
    stopSource?.()
    const source: Observable<unknown> = isStaff() ? team : pages
    stopSource = source.subscribe(() => view.changed())
  }

  const view = createView(build, next => {
    used = next
    inbox.used(used)
    if (used && core.me()) return follow()
    stopSource?.()
    stopSource = null
  })

  const api: Chats = {
    subscribe: view.subscribe,
    getSnapshot: view.getSnapshot,
    loadMore: async () => {
      if (!isStaff()) await pages.loadMore()
    },
  }
  return {
    api,
    changed() {
      if (used) view.changed()
    },
    /** Which list it is hangs on who has connected; what has changed while nobody heard is asked for again. */
    online() {
      if (!used) return
      const again = pages.getSnapshot().items.length > 0
      follow()
      if (again) void pages.refresh()
    },
    reset() {
      chats = new Map()
      pages.reset()
      view.changed()
    },
  }
}
