import type { Me, SessionList } from '@parley/contracts'
import type {
  CallArguments,
  CallOutput,
  ConnectionState,
  ListSnapshot,
  OperatorsSnapshot,
  ParleyClient,
  ParleyEvents,
  RestOperation,
  SessionHandle,
  SessionSnapshot,
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

export interface FakeHandle extends SessionHandle {
  readonly snapshot: Settable<SessionSnapshot>
  /** What was asked of it, in order. */
  readonly asked: readonly (readonly [string, ...unknown[]])[]
}

/** The SDK's client with no server behind it: what it shows is set, what is asked of it is noted. */
export interface FakeClient extends ParleyClient {
  readonly connection: Settable<ConnectionState>
  readonly me: Settable<Me | null>
  readonly lists: Readonly<Record<SessionList, Settable<ListSnapshot>>>
  readonly team: Settable<OperatorsSnapshot>
  readonly calls: readonly Call[]
  session(sessionId: string): FakeHandle
  /** What a call is answered with; one that nobody has set fails. */
  answer(answers: Answers): void
  emit<E extends keyof ParleyEvents>(event: E, data: ParleyEvents[E]): void
}

const NOTHING: ListSnapshot = { sessions: [], total: 0, loading: false, error: null }

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
  const unused = (name: string) => () => {
    throw new Error(`The console has no use for ${name}`)
  }

  return {
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
  }
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
  return {
    snapshot,
    asked,
    subscribe: snapshot.subscribe,
    getSnapshot: snapshot.getSnapshot,
    ready: noteLater('ready'),
    send(text) {
      asked.push(['send', text])
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
  }
}
