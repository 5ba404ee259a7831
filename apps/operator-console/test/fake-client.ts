import type { Me, Message, Participant, PersonCard, SessionList, User } from '@parley/contracts'
import type {
  CallArguments,
  CallOutput,
  ChatHandle,
  Chats,
  ChatsSnapshot,
  ConnectionState,
  ExcerptSnapshot,
  ListSnapshot,
  NewGroup,
  OperatorsSnapshot,
  PagedSnapshot,
  ParleyClient,
  ParleyEvents,
  PresenceSnapshot,
  Readers,
  RestOperation,
  SearchInput,
  SessionSnapshot,
  UnreadSnapshot,
} from '@parley/sdk'
import { sessionSnapshot } from './entities.ts'
import { type Settable, settable } from './observable.ts'

type Answers = {
  [N in RestOperation]?: (...input: CallArguments<N>) => CallOutput<N> | Promise<CallOutput<N>>
}

export interface Call {
  readonly operation: RestOperation
  readonly input: unknown
}

export interface FakeHandle extends ChatHandle {
  readonly snapshot: Settable<SessionSnapshot>
  readonly people: Settable<PagedSnapshot<Participant>>
  /** What its excerpts show. */
  readonly past: Settable<ExcerptSnapshot>
  readers: Readers
  /** What was asked of it, in order. */
  readonly asked: readonly (readonly [string, ...unknown[]])[]
}

/** The SDK's client with no server behind it: what it shows is set, what is asked of it is noted. */
export interface FakeClient extends ParleyClient {
  readonly connection: Settable<ConnectionState>
  readonly me: Settable<Me | null>
  readonly lists: Readonly<Record<SessionList, Settable<ListSnapshot>>>
  readonly team: Settable<OperatorsSnapshot>
  readonly chats: Chats & Settable<ChatsSnapshot>
  readonly unread: Settable<UnreadSnapshot>
  readonly found: Settable<PagedSnapshot<Message>>
  /** What was searched for, in order. */
  readonly searches: readonly SearchInput[]
  readonly groups: readonly NewGroup[]
  /** Who there is to be found. */
  people: readonly User[]
  /** Names of people, and where they are: set at any time. */
  card(person: PersonCard): void
  setPresence(userId: string, presence: PresenceSnapshot): void
  readonly calls: readonly Call[]
  session(sessionId: string): FakeHandle
  /** What a call is answered with; one that nobody has set fails. */
  answer(answers: Answers): void
  emit<E extends keyof ParleyEvents>(event: E, data: ParleyEvents[E]): void
}

const NOTHING: ListSnapshot = { sessions: [], total: 0, loading: false, error: null }

export const pageOf = <T>(items: readonly T[]): PagedSnapshot<T> => ({
  items,
  total: items.length,
  hasMore: false,
  loading: false,
  loadingMore: false,
  error: null,
})

const asPaged = <T>(observable: Settable<PagedSnapshot<T>>) => ({
  ...observable,
  loadMore: () => Promise.resolve(),
  refresh: () => Promise.resolve(),
})

/** One settable a key, the same each time. */
function settables<T>() {
  const known = new Map<string, Settable<T | null>>()
  return (key: string): Settable<T | null> => {
    const one = known.get(key) ?? settable<T | null>(null)
    known.set(key, one)
    return one
  }
}

const NO_CHATS: ChatsSnapshot = { chats: [], unreadCount: 0, hasMore: false, loading: false, error: null }

export function createFakeClient(me: Me | null): FakeClient {
  const listeners = new Map<string, Set<(data: never) => void>>()
  const handles = new Map<string, FakeHandle>()
  const calls: Call[] = []
  const answers: Answers = {}
  const lists = {
    mine: settable(NOTHING),
    queue: settable(NOTHING),
    active: settable(NOTHING),
    team: settable(NOTHING),
  }
  const team = settable<OperatorsSnapshot>({ operators: [], loading: false, error: null })
  const cards = settables<PersonCard>()
  const presences = settables<PresenceSnapshot>()
  const found = settable(pageOf<Message>([]))
  const searches: SearchInput[] = []
  const groups: NewGroup[] = []
  const unused = (name: string) => (): never => {
    throw new Error(`The console has no use for ${name}`)
  }

  const client: FakeClient = {
    connection: settable<ConnectionState>(
      me ? { status: 'online' } : { status: 'refused', code: 'unauthorized' },
    ),
    me: settable(me),
    lists,
    team,
    calls,
    answer: some => void Object.assign(answers, some),
    emit(event, data) {
      for (const listener of listeners.get(event) ?? []) listener(data as never)
    },
    connect: () => undefined,
    disconnect: () => undefined,
    close: () => undefined,
    async call(operation, ...input) {
      calls.push({ operation, input: input[0] })
      const answer = answers[operation]
      if (!answer) throw new Error(`No answer was set for ${operation}`)
      return await answer(...input)
    },
    session(sessionId) {
      const known = handles.get(sessionId)
      if (known) return known
      const made = createFakeHandle(sessionId)
      handles.set(sessionId, made)
      return made
    },
    draftSession: unused('draftSession'),
    openSession: unused('openSession'),
    remembersSession: unused('remembersSession'),
    list: name => lists[name],
    operators: () => team,
    on(event, listener) {
      const heard = listeners.get(event) ?? new Set()
      listeners.set(event, heard.add(listener))
      return () => heard.delete(listener)
    },
    identify: unused('identify'),
    forget: () => Promise.resolve(),
    upload: unused('upload'),
    openPrivate(userId) {
      return Promise.resolve(client.session(`private ${userId}`))
    },
    createGroup(group) {
      groups.push(group)
      return Promise.resolve(client.session(`group ${group.name}`))
    },
    chats: { ...settable(NO_CHATS), loadMore: () => Promise.resolve() },
    unread: settable<UnreadSnapshot>({ count: 0, sessions: {}, loading: false }),
    search(input) {
      searches.push(input)
      return asPaged(found)
    },
    found,
    searches,
    groups,
    people: [],
    card: person => cards(person.id).set(person),
    setPresence: (userId, presence) => presences(userId).set(presence),
    person: cards,
    presence: presences,
    users: {
      list: ({ search, role } = {}) => {
        const items = client.people
          .filter(person => role === undefined || person.role === role)
          .filter(({ realName }) => realName?.includes(search ?? ''))
        const pagination = { page: 1, limit: 100, total: items.length, totalPages: 1 }
        return Promise.resolve({ items, pagination })
      },
      online: unused('users.online'),
      get: unused('users.get'),
      search: unused('users.search'),
    },
    profile: {
      get: unused('profile.get'),
      update: unused('profile.update'),
      async setAvatar(image) {
        calls.push({ operation: 'user.set-avatar', input: image })
        return await (answers['user.set-avatar'] ?? unused('profile.setAvatar'))({})
      },
    },
    get friends() {
      return unused('friends')()
    },
    get login() {
      return unused('login')()
    },
    setStatus: unused('setStatus'),
  }
  return client
}

function createFakeHandle(id: string): FakeHandle {
  const snapshot = settable(sessionSnapshot({ id }))
  const asked: (readonly [string, ...unknown[]])[] = []
  const note =
    <A extends unknown[]>(name: string) =>
    (...input: A) =>
      void asked.push([name, ...input])
  const noteLater =
    <A extends unknown[]>(name: string) =>
    (...input: A) => {
      asked.push([name, ...input])
      return Promise.resolve()
    }
  const people = settable(pageOf<Participant>([]))
  const past = settable<ExcerptSnapshot>({
    messages: [],
    hasOlder: false,
    hasNewer: true,
    loading: true,
    loadingOlder: false,
    loadingNewer: false,
    error: null,
  })
  const handle: FakeHandle = {
    snapshot,
    people,
    past,
    readers: { readers: [], count: 0 },
    asked,
    subscribe: snapshot.subscribe,
    getSnapshot: snapshot.getSnapshot,
    ready: noteLater('ready'),
    send(text, options) {
      asked.push(options ? ['send', text, options] : ['send', text])
      return `c${asked.length}`
    },
    sendFile(file, options) {
      asked.push(['sendFile', file, options])
      return `c${asked.length}`
    },
    retry: note('retry'),
    discard: note('discard'),
    typing: note('typing'),
    loadOlder: noteLater('loadOlder'),
    markRead: note('markRead'),
    start: noteLater('start'),
    end: noteLater('end'),
    release: note('release'),
    recall: noteLater('recall'),
    delete: noteLater('delete'),
    react: noteLater('react'),
    forward(messageId, sessionIds) {
      asked.push(['forward', messageId, sessionIds])
      return Promise.resolve([])
    },
    excerpt(seq) {
      asked.push(['excerpt', seq])
      return { ...past, loadOlder: noteLater('loadOlder'), loadNewer: noteLater('loadNewer') }
    },
    readBy: () => handle.readers,
    participants: () => asPaged(people),
    add: noteLater('add'),
    remove: noteLater('remove'),
    leave: noteLater('leave'),
    update: noteLater('update'),
  }
  return handle
}
