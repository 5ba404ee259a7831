import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import type { Me, Message, Participant, PersonCard, SessionList } from '../contract-types.ts'
import type {
  ChatHandle,
  ChatsSnapshot,
  ConnectionState,
  FriendsSnapshot,
  ListSnapshot,
  Observable,
  OperatorsSnapshot,
  Paged,
  PagedSnapshot,
  ParleyClient,
  ParleyEvents,
  PresenceSnapshot,
  SearchInput,
  SessionHandle,
  SessionSnapshot,
  UnreadSnapshot,
  VisitorClient,
} from '../types.ts'
import { useEvent } from './use-event.ts'

const Context = createContext<VisitorClient | null>(null)

/** `<ParleyProvider value={client}>` around everything that uses these hooks. */
export const ParleyProvider = Context.Provider

/** The client around this component, as far as a visitor's page has it. */
export function useVisitor(): VisitorClient {
  const client = useContext(Context)
  if (!client) throw new Error('There is no <ParleyProvider> around this component')
  return client
}

/** The client around this component, which was made by `createParley`. */
export function useParley(): ParleyClient {
  const client = useVisitor()
  if (!('list' in client)) throw new Error('This page has a visitor’s client, without lists and operators')
  return client as ParleyClient
}

export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(observable.subscribe, observable.getSnapshot, observable.getSnapshot)
}

export const useConnection = (): ConnectionState => useObservable(useVisitor().connection)

export const useMe = (): Me | null => useObservable(useVisitor().me)

/** Loads the session and keeps it up to date while the component is there. Takes an id, or a handle (of a draft). */
export function useSession(
  session: string | SessionHandle,
): SessionSnapshot & { readonly handle: SessionHandle } {
  const client = useVisitor()
  const handle = typeof session === 'string' ? client.session(session) : session
  const snapshot = useObservable(handle)
  return useMemo(() => ({ ...snapshot, handle }), [snapshot, handle])
}

/** `useSession` for people who chat: the handle has all that they can do. */
export function useChat(session: string | ChatHandle): SessionSnapshot & { readonly handle: ChatHandle } {
  const client = useParley()
  const handle = typeof session === 'string' ? client.session(session) : session
  const snapshot = useObservable(handle)
  return useMemo(() => ({ ...snapshot, handle }), [snapshot, handle])
}

export const useChats = (): ChatsSnapshot => useObservable(useParley().chats)

export const useUnread = (): UnreadSnapshot => useObservable(useParley().unread)

export const useFriends = (): FriendsSnapshot => useObservable(useParley().friends)

/** Name and picture; `null` until they are known. */
export const usePerson = (userId: string): PersonCard | null => useObservable(useParley().person(userId))

export const usePresence = (userId: string): PresenceSnapshot | null =>
  useObservable(useParley().presence(userId))

export type PagedView<T> = PagedSnapshot<T> & { readonly loadMore: () => Promise<void> }

export function usePaged<T>(paged: Paged<T>): PagedView<T> {
  const snapshot = useObservable(paged)
  return useMemo(() => ({ ...snapshot, loadMore: paged.loadMore }), [snapshot, paged])
}

export const useParticipants = (handle: ChatHandle): PagedView<Participant> => usePaged(handle.participants())

/** Searches anew whenever what is looked for is another: give it a keyword that rests, not every key stroke. */
export function useSearch({ keyword, sessionId }: SearchInput): PagedView<Message> {
  const client = useParley()
  const search = useMemo(
    () => client.search({ keyword, ...(sessionId !== undefined && { sessionId }) }),
    [client, keyword, sessionId],
  )
  return usePaged(search)
}

export const useSessionList = (list: SessionList): ListSnapshot => useObservable(useParley().list(list))

export const useOperators = (): OperatorsSnapshot => useObservable(useParley().operators())

/** Calls the newest `listener`; it need not be memoised. */
export function useParleyEvent<E extends keyof ParleyEvents>(
  event: E,
  listener: (data: ParleyEvents[E]) => void,
): void {
  useEvent(useVisitor(), event, listener)
}

export { useLeaveGuard } from './use-leave-guard.ts'
export { type UploadView, useUpload } from './use-upload.ts'
