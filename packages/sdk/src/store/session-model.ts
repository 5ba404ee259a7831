import type { UncountedEvent } from '../connection/link.ts'
import type { Session } from '../contract-types.ts'
import type { ParleyError } from '../errors.ts'
import { applyEvent, type SessionAction } from '../sync/apply-event.ts'
import { emptyState, type SessionState, UNSYNCED } from '../sync/session-state.ts'
import type { SessionSnapshot } from '../types.ts'
import type { Core } from './core.ts'
import { createView, type View } from './observable.ts'
import { createPages } from './pages.ts'
import { createReading } from './reading.ts'
import { tellNews } from './tell-news.ts'
import { createTimeline } from './timeline.ts'
import { createWriters } from './writers.ts'

export interface ModelHooks {
  used(model: SessionModel, used: boolean): void
  /** An action has changed it, or it can't be had. */
  applied(model: SessionModel, why: SessionAction | ParleyError): void
  /** The caller has read this far. */
  read(sessionId: string, seq: number): void
}

type Closed = SessionSnapshot['closed']

/** One session as this client knows it: its state, what is loaded of it, who writes. */
export interface SessionModel extends View<SessionSnapshot> {
  id(): string | null
  state(): SessionState
  apply(action: SessionAction): void
  heard(event: Extract<UncountedEvent, { name: 'typing.changed' | 'user.left' }>): void
  /**
   * Knows nothing but up to where, and what it was `told`: news begins behind it. `seen`: up to which message; `null`:
   * what is there first is none.
   */
  startAt(change: number, seen: number | null, told?: Session | null): void
  /** A draft has become this session. */
  becomes(session: Session): void
  /** Loads the newest page if that is due and possible. */
  load(): void
  loadOlder(): Promise<void>
  markRead(seq?: number): void
  /** There is a connection again. */
  online(): void
  refused(error: ParleyError): void
  readSeq(): number
  /** The caller takes part no more. */
  close(reason: NonNullable<Closed>): void
  isClosed(): boolean
  /** Somebody looks at it; if nobody does, its messages are let go. */
  hold(held: boolean): void
  isHeld(): boolean
  /** The newest page is there; a draft has none to wait for. */
  isLoaded(): boolean
  /** Forgets what it knows: it is another person who looks. */
  reset(): void
}

/** Nothing of it is there, or only the end. */
const isAbridged = ({ messages: [first] }: SessionState): boolean => first === undefined || first.seq > 1

/** `sessionId` null: a draft. */
export function createSessionModel(core: Core, hooks: ModelHooks, sessionId: string | null): SessionModel {
  let id = sessionId
  let state: SessionState = emptyState
  let seen: number | null = null
  let held = false
  let error: ParleyError | null = null
  let unreadFrom: number | null = null
  let closed: Closed = null
  const timeline = createTimeline()
  const me = () => core.me()?.id ?? null

  const reading = createReading({
    core,
    state: () => state,
    read(seq) {
      if (id !== null) hooks.read(id, seq)
      view.changed()
    },
  })
  const writers = createWriters(core.environment.clock, () => view.changed())
  const pages = createPages({
    core,
    sessionId: () => id,
    state: () => state,
    arrived(messages, newest) {
      apply({ name: 'page', messages })
      if (newest) unreadFrom = firstUnread()
      view.changed()
    },
    changed: () => view.changed(),
    refused,
  })

  const firstUnread = () =>
    state.messages.find(({ seq, senderId }) => seq > reading.seq() && senderId !== me())?.seq ?? null

  const build = (): SessionSnapshot => {
    const session = state.session && { ...state.session, marks: [...state.marks] }
    const loading = id !== null && !pages.done() && !error && isAbridged(state)
    const messages = closed ? [] : timeline(loading ? emptyState : state, core.queue.of(id), core.me())
    const readSeq = reading.seq()
    return {
      id,
      session,
      messages,
      hasOlder: pages.hasOlder(),
      loading: loading && messages.length === 0,
      loadingOlder: pages.loadingOlder(),
      typing: writers.all(),
      readSeq,
      unreadCount: core.count(state, me(), readSeq),
      unreadFrom,
      error,
      closed,
    }
  }

  function refused(reason: ParleyError): void {
    error = reason
    view.changed()
    hooks.applied(model, reason)
  }

  const clear = () => {
    state = emptyState
    seen = null
    error = null
    unreadFrom = null
    closed = null
    pages.reset()
    reading.reset()
    writers.clear()
  }

  function close(reason: NonNullable<Closed>): void {
    clear()
    closed = reason
    if (id !== null) core.emit('closed', { sessionId: id, reason })
    view.changed()
  }

  /** What was unsent here and has come back as a message is sent, whoever sent it. */
  const settle = () => {
    for (const { clientMessageId } of core.queue.of(id))
      if (state.messages.some(message => message.clientMessageId === clientMessageId))
        core.queue.settle(clientMessageId)
  }

  const tell = (before: Session | null, action: SessionAction) => {
    const first = seen === null
    const known = seen ?? state.session?.lastSeq ?? 0
    const news = { before: first ? undefined : before, after: state, seen: known, me: me() }
    if (state.session) seen = tellNews(core.emit, { ...news, live: action.name !== 'caught.up' })
  }

  /** What is kept beside the state. */
  const notice = (action: SessionAction) => {
    if (action.name === 'message.created') {
      writers.stopped(action.message.senderId)
      if (action.message.senderId === me()) unreadFrom = null
    }
    if (action.name === 'caught.up') error = null
    if ('session' in action) closed = null
  }

  function apply(action: SessionAction): void {
    const before = state
    state = applyEvent(state, action)
    if (state === before) return
    notice(action)
    settle()
    tell(before.session, action)
    // Without the session its first messages are still to be told.
    if (!held && state.session) state = applyEvent(state, { name: 'forget' })
    view.changed()
    hooks.applied(model, action)
  }

  const view = createView(build, used => hooks.used(model, used))
  const model: SessionModel = {
    ...view,
    id: () => id,
    state: () => state,
    apply,
    heard(event) {
      const isTyping = event.name === 'typing.changed' && event.isTyping
      if (!isTyping) writers.stopped(event.userId)
      else if (event.userId !== me()) writers.writes({ userId: event.userId, userType: event.userType })
    },
    startAt(change, upTo, told = null) {
      closed = null
      const nothing = { ...emptyState, change }
      state = told ? applyEvent(nothing, { name: 'told', session: told }) : nothing
      seen = upTo
    },
    becomes(session) {
      id = session.id
      state = { ...emptyState, session, change: session.lastChange, marks: session.marks }
      seen = session.lastSeq
      view.changed()
    },
    load: pages.load,
    loadOlder: pages.older,
    markRead: (seq = Number.POSITIVE_INFINITY) => reading.upTo(seq),
    online() {
      reading.flush()
      if (held) pages.load()
    },
    refused,
    hold(next) {
      held = next
      if (held) return
      pages.reset()
      writers.clear()
      unreadFrom = null
      apply({ name: 'forget' })
    },
    isHeld: () => held,
    isLoaded: () => id === null || pages.done(),
    readSeq: reading.seq,
    close,
    isClosed: () => closed !== null,
    reset() {
      clear()
      view.changed()
    },
  }
  return model
}

export const isSynced = (model: SessionModel): boolean => {
  const { change, session } = model.state()
  return change !== UNSYNCED && session !== null
}
