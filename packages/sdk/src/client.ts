import { createConnection } from './connection/connection.ts'
import { createCall, createCredentials } from './connection/credentials.ts'
import type { LinkEvent, OpenLink } from './connection/link.ts'
import { createVisitor, isVisitor } from './connection/visitor.ts'
import { createWho } from './connection/who.ts'
import type { Identify, Me } from './contract-types.ts'
import { type Environment, platform } from './environment.ts'
import { ParleyError } from './errors.ts'
import type { Routes } from './rest/route.ts'
import { uploadFile } from './rest/upload.ts'
import { createStorage } from './storage.ts'
import type { Core } from './store/core.ts'
import { createEmitter } from './store/emitter.ts'
import { createHandles, type Finish } from './store/handles.ts'
import { createOpenSession } from './store/open-session.ts'
import { createSessions, type SessionEvent, type Sessions, type SessionsHooks } from './store/sessions.ts'
import { createEntryStore } from './sync/outgoing-entry.ts'
import { createOutgoingQueue } from './sync/outgoing-queue.ts'
import { createTurns } from './turns.ts'
import type { Auth, LoginAuth, ParleyOptions, Upload, VisitorClient } from './types.ts'

/** What others have beyond a visitor's client, who has none of it. */
export interface Desk extends SessionsHooks {
  /** False: it is not for the desk. */
  event(event: LinkEvent): boolean
  online(): void
  reset(): void
}

interface Parts<D> {
  readonly routes: Routes
  readonly count: Core['count']
  readonly createDesk: (core: Core, sessions: Sessions) => D
  /** What is made of a session's handle. */
  readonly finish: (core: Core, sessions: Sessions, desk: D) => Finish
  /** Unless the options bring another one. */
  readonly openLink: OpenLink
}

type Options = ParleyOptions & { readonly auth: Exclude<Auth, LoginAuth> }

interface Made<D> {
  readonly client: VisitorClient
  readonly desk: D
  readonly core: Core
  readonly sessions: Sessions
  /** The server has said who the caller is by now. */
  readonly presume: (me: Me) => Promise<void>
}

/** Puts the parts together; they know each other only through what they are given here. */
export function createClient<D extends Partial<Desk>>(
  options: Options,
  { routes, count, createDesk, finish, openLink }: Parts<D>,
): Made<D> {
  const { url, auth, keyPrefix = 'parley', link = openLink } = options
  const environment: Environment = { ...platform(), ...options.environment }
  const rest = { url, environment, routes }
  const storage = createStorage(keyPrefix, options.storage)
  const kept = auth.kind === 'visitor' ? createVisitor(rest, storage, auth) : auth
  const visitor = isVisitor(kept) ? kept : null
  const credentials = createCredentials(kept)
  const call = createCall(rest, credentials)
  const { emit, on } = createEmitter()
  const who = createWho({ rest, storage, person })
  const me = () => who.me.getSnapshot()

  const upload: Upload = async (file, options) => {
    await who.restored
    await credentials.obtain()
    return uploadFile({ call, environment }, 'file.upload', file, options)
  }

  const connection = createConnection({
    url,
    openLink: link,
    environment,
    credentials,
    identify: who.confirm,
    online() {
      sessions.online()
      desk.online?.()
      queue.flush()
    },
    event(event) {
      if (!desk.event?.(event)) sessions.event(event as SessionEvent)
    },
  })

  const queue = createOutgoingQueue({
    environment,
    store: createEntryStore(storage),
    name: keyPrefix,
    canSend: connection.isOnline,
    send: ({ clientMessageId, text, options: fields }, sessionId) =>
      connection.request('message.send', { ...fields, sessionId, text, clientMessageId }),
    async start(input) {
      await who.restored
      await credentials.obtain()
      const { session } = await call('session.start', input)
      await own.remember(session.id)
      return session
    },
    upload,
    started(session) {
      handles.started(session)
      connection.need()
    },
    sent(message) {
      const { sessionId, change } = message
      sessions.of(sessionId).apply({ name: 'message.created', sessionId, change, message })
      emit('sent', { message })
    },
    failed: ({ clientMessageId, sessionId }, error) => emit('failed', { clientMessageId, sessionId, error }),
    changed: lane => sessions.unsentChanged(lane),
  })

  const core: Core = { environment, connection, call, queue, emit, count, me }
  const sessions = createSessions(core, {
    read: (sessionId, seq) => desk.read?.(sessionId, seq),
    changed: (model, why) => desk.changed?.(model, why),
    readElsewhere: () => desk.readElsewhere?.(),
  })
  const desk = createDesk(core, sessions)
  const handles = createHandles(core, sessions, finish(core, sessions, desk))
  const { restored } = who
  const own = createOpenSession({
    connection,
    credentials,
    queue,
    storage,
    sessions,
    handles,
    restored,
    me: () => me()?.id ?? null,
  })

  on('session', ({ session }) => void own.note(session))
  connection.state.subscribe(() => {
    const { status } = connection.state.getSnapshot()
    if (status === 'idle' || status === 'refused') who.doubt()
  })

  async function person(next: Me | null, before: Me | null): Promise<void> {
    if (before) {
      sessions.reset()
      desk.reset?.()
      await own.forget()
    }
    // An anonymous visitor whose token was too old, or who is known now, is still the one who sits there.
    await queue.setPerson(next?.id ?? null, visitor !== null && before?.role === 'visitor')
    if (next && queue.all().some(entry => entry.failed === null)) connection.need()
  }

  const reconnect = () => {
    if (connection.state.getSnapshot().status === 'idle') return
    connection.disconnect()
    connection.connect()
  }

  const become = async (identity: Identify) => {
    if (!visitor) throw new ParleyError('forbidden', { message: 'Only a visitor can be identified' })
    await restored
    const before = me()
    await queue.hold(async () => {
      await visitor.identify(identity, before)
      if (before?.id === identity.userId) return
      const { userId, name } = identity
      await who.presume({ id: userId, role: 'user', name: name ?? userId, avatar: null })
    })
    if (before?.id !== identity.userId) reconnect()
  }

  const leave = async () => {
    connection.disconnect()
    await restored
    await visitor?.forget()
    await queue.forget()
    await own.forget()
    await who.forget()
  }

  /** Who sits here is changed by one command at a time. */
  const inTurn = createTurns()

  const client: VisitorClient = {
    connection: connection.state,
    me: who.me,
    connect: connection.connect,
    disconnect: connection.disconnect,
    close() {
      connection.disconnect()
      queue.close()
      sessions.close()
    },
    call: (operation, ...[input]) => call(operation, input as object | undefined),
    session: handles.session,
    draftSession: handles.draft,
    openSession: own.find,
    remembersSession: own.isRemembered,
    upload,
    on,
    identify: identity => inTurn(() => become(identity)),
    forget: () => inTurn(leave),
  }
  return { client, desk, core, sessions, presume: who.presume }
}
