import type { KeyValue, Observable, SessionHandle, VisitorClient } from '@parley/sdk'
import { createStore } from '../../app/store.ts'

/** The session that was shown last, also when it has ended: its text stays readable after a reload. */
const LAST = 'last'

export interface ChatParts {
  readonly client: VisitorClient
  readonly kept: KeyValue
  /** With what a session that begins now is started. */
  readonly startInput: () => Parameters<VisitorClient['draftSession']>[0]
}

/** Which session is shown. `null`: none yet, as long as nobody looks and nothing is remembered. */
export interface Chat extends Observable<SessionHandle | null> {
  /** Somebody looks. */
  show(): Promise<void>
  /** Shows what an earlier page of this browser has left open, if there is something. */
  resume(): Promise<void>
  /** Another tab may have started a session. */
  lookAgain(): Promise<void>
  send(text: string): void
  sendFiles(files: readonly File[]): void
  /** Leaves a session that has ended. Answers with what could not be sent there any more. */
  startNew(): string
  /** The visitor has become a known user: of theirs and what was open here, the server knows which session is. */
  identified(): Promise<void>
  /** Somebody else sits here now. */
  forget(): Promise<void>
}

/** Nothing is lost if another session takes its place. */
function isLeft(handle: SessionHandle): boolean {
  const { id, session, messages, error } = handle.getSnapshot()
  return error !== null || session?.status === 'ended' || (id === null && messages.length === 0)
}

export function createChat({ client, kept, startInput }: ChatParts): Chat {
  const shown = createStore<SessionHandle | null>(null)
  const draft = () => client.draftSession(startInput())
  const take = (handle: SessionHandle) => {
    const present = shown.getSnapshot()
    if (!present || (present !== handle && isLeft(present))) shown.set(handle)
  }
  /** A page's storage that refuses has nothing. */
  const last = async () => Promise.resolve(kept.get(LAST)).catch(() => null)
  const remember = async (sessionId: string | null) => {
    const written = sessionId === null ? kept.remove(LAST) : kept.set(LAST, sessionId)
    await Promise.resolve(written).catch(() => undefined)
  }

  /** What is known here at once; what only the server knows takes its place when it has said so. */
  const find = async () => {
    if (!shown.getSnapshot() && !(await client.remembersSession())) {
      const before = await last()
      take(before === null ? draft() : client.session(before))
    }
    // Refused: the connection says so.
    const open = await client.openSession().catch(() => null)
    if (open) take(open)
    else if (!shown.getSnapshot()) take(draft())
  }

  const into = (write: (handle: SessionHandle) => void) => {
    const present = shown.getSnapshot()
    const handle = !present || present.getSnapshot().id === null ? draft() : present
    write(handle)
    if (!present) shown.set(handle)
  }

  client.on('session', ({ session }) => {
    if (session.type !== 'support' || session.userId !== client.me.getSnapshot()?.id) return
    if (session.status !== 'ended') take(client.session(session.id))
    if (shown.getSnapshot()?.getSnapshot().id === session.id) void remember(session.id)
  })

  return {
    subscribe: shown.subscribe,
    getSnapshot: shown.getSnapshot,
    show: find,
    async resume() {
      if (await client.remembersSession()) await find()
    },
    async lookAgain() {
      const present = shown.getSnapshot()
      const maySwitch = present ? isLeft(present) : await client.remembersSession()
      if (maySwitch) await find()
    },
    send: text => into(handle => handle.send(text)),
    sendFiles: files =>
      into(handle => {
        for (const file of files) handle.sendFile(file)
      }),
    startNew() {
      const present = shown.getSnapshot()
      const unsent = present?.getSnapshot().messages.filter(message => message.state === 'failed') ?? []
      for (const { clientMessageId } of unsent) present?.discard(clientMessageId)
      void remember(null)
      shown.set(draft())
      return unsent.flatMap(({ text }) => text || []).join('\n')
    },
    async identified() {
      if (!shown.getSnapshot()) return
      const open = await client.openSession().catch(() => null)
      if (open && open !== shown.getSnapshot()) shown.set(open)
    },
    async forget() {
      await remember(null)
      shown.set(draft())
    },
  }
}
