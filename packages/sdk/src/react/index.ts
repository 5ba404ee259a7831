import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import type { Me, SessionList } from '../contract-types.ts'
import type {
  ConnectionState,
  ListSnapshot,
  Observable,
  OperatorsSnapshot,
  ParleyClient,
  ParleyEvents,
  SessionHandle,
  SessionSnapshot,
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

export const useSessionList = (list: SessionList): ListSnapshot => useObservable(useParley().list(list))

export const useOperators = (): OperatorsSnapshot => useObservable(useParley().operators())

/** Calls the newest `listener`; it need not be memoised. */
export function useParleyEvent<E extends keyof ParleyEvents>(
  event: E,
  listener: (data: ParleyEvents[E]) => void,
): void {
  useEvent(useVisitor(), event, listener)
}
