import type { Message, Session, UploadedFile } from '../contract-types.ts'
import type { Environment } from '../environment.ts'
import { ParleyError } from '../errors.ts'
import { createRetry, type Retry } from '../retry.ts'
import type { SendOptions, StartInput, UploadOptions } from '../types.ts'
import { isWorthAnotherTry } from './another-try.ts'
import { createEntries, type Lane } from './outgoing-entries.ts'
import { type EntryStore, type OutgoingEntry, STALE_AFTER_MS } from './outgoing-entry.ts'
import { createUploads } from './outgoing-uploads.ts'

export interface OutgoingDeps {
  readonly environment: Pick<Environment, 'clock' | 'random' | 'uuid' | 'locks'>
  readonly store: EntryStore
  /** Begins the names of the locks. */
  readonly name: string
  /** May messages of a session that is there go out now? The start of a draft is tried regardless. */
  canSend(): boolean
  send(entry: OutgoingEntry, sessionId: string): Promise<Message>
  start(input: StartInput): Promise<Session>
  upload(file: Blob, options: UploadOptions): Promise<UploadedFile>
  /** The draft has become this session; its messages follow. */
  started(session: Session): void
  sent(message: Message): void
  failed(entry: OutgoingEntry, error: ParleyError): void
  /** What is unsent in this lane is not what it was. */
  changed(lane: Lane): void
}

export interface OutgoingQueue {
  /** In the order written; the same array until something changes. */
  of(lane: Lane): readonly OutgoingEntry[]
  /** With a `file` it goes when that is uploaded: a text that is written behind it does not wait, another file does. */
  add(
    lane: Lane,
    text: string,
    options: SendOptions,
    start: StartInput | null,
    file?: Blob | null,
  ): OutgoingEntry
  all(): readonly OutgoingEntry[]
  /** Starts the draft without a message. */
  startDraft(input: StartInput): Promise<void>
  retry(clientMessageId: string): void
  discard(clientMessageId: string): void
  /** The server has it: another tab sent it, or its acknowledgement was lost. */
  settle(clientMessageId: string): void
  /**
   * Whose messages these are from now on. `null`: nobody is known. What is unsent goes along with `carry`; otherwise
   * it stays in storage, for the one who wrote it.
   */
  setPerson(userId: string | null, carry: boolean): Promise<void>
  /** Nothing is sent while `work` changes who is calling. */
  hold(work: () => Promise<void>): Promise<void>
  forget(): Promise<void>
  /** Now is a good time. */
  flush(): void
  close(): void
}

const waiting = (entry: OutgoingEntry) => entry.failed === null
const isUploading = (entry: OutgoingEntry) => waiting(entry) && Boolean(entry.upload)

/** Texts pass by a file that is being uploaded, whatever it takes; files keep their order among themselves. */
function nextToGo(lane: readonly OutgoingEntry[]): OutgoingEntry | undefined {
  const first = lane.findIndex(isUploading)
  const mayPass = ({ options }: OutgoingEntry, index: number) =>
    first === -1 || index < first || options.fileUrl === undefined
  return lane.find((entry, index) => waiting(entry) && !entry.upload && mayPass(entry, index))
}

export function createOutgoingQueue(deps: OutgoingDeps): OutgoingQueue {
  const { store, environment } = deps
  const { clock, uuid, locks } = environment
  const entries = createEntries(store, deps.changed)
  const running = new Map<Lane, Promise<void>>()
  const again = new Set<Lane>()
  const retries = new Map<Lane, Retry>()
  /** `undefined`: storage was not looked at yet. */
  let person: string | null | undefined
  let held = false
  let lastWrittenAt = 0

  /** Later than all that waits, even if the device's clock was set back. */
  const nextTime = () => {
    const newest = entries.all().at(-1)?.writtenAt ?? 0
    lastWrittenAt = Math.max(clock.now(), lastWrittenAt + 1, newest + 1)
    return lastWrittenAt
  }

  const fail = (clientMessageId: string, error: ParleyError) => {
    const entry = entries.find(clientMessageId)
    if (!entry) return
    entries.put({ ...entry, failed: error.code })
    deps.failed(entry, error)
  }

  /** Files that have waited for this one. */
  const pumpBehind = (clientMessageId: string) => {
    const entry = entries.find(clientMessageId)
    if (entry?.upload) pump(entry.sessionId)
  }

  const uploads = createUploads({
    environment,
    upload: deps.upload,
    find: entries.find,
    moved: entry => entries.put(entry),
    done(entry) {
      entries.put(entry)
      pump(entry.sessionId)
    },
    failed(clientMessageId, error) {
      fail(clientMessageId, error)
      pumpBehind(clientMessageId)
    },
  })

  const startDraft = async (input: StartInput) => {
    const session = await deps.start(input)
    deps.started(session)
    entries.put(...entries.of(null).map(entry => ({ ...entry, sessionId: session.id })))
    pump(session.id)
  }

  const deliver = async (head: OutgoingEntry) => {
    if (head.sessionId === null) return startDraft(head.start ?? {})
    deps.sent(await deps.send(head, head.sessionId))
    entries.drop(head.clientMessageId)
  }

  const inTurn = (head: OutgoingEntry) => {
    const work = async () => {
      if (await entries.kept(head.clientMessageId)) await deliver(head)
      else entries.drop(head.clientMessageId)
    }
    return locks ? locks(`${deps.name}/${head.sessionId ?? ''}`, work) : work()
  }

  const retryOf = (lane: Lane): Retry => {
    const retry = retries.get(lane) ?? createRetry(environment)
    retries.set(lane, retry)
    return retry
  }

  /** Refused for good, and the next may go; or the whole lane waits, so that the order holds. */
  const onFailure = (head: OutgoingEntry, error: ParleyError): boolean => {
    const lane = head.sessionId
    const retry = retryOf(lane)
    if (isWorthAnotherTry(error, retry.tries)) {
      retry.later(error, () => pump(lane))
      return false
    }
    fail(head.clientMessageId, error)
    retry.reset()
    return true
  }

  const sendNext = async (lane: Lane): Promise<boolean> => {
    const head = nextToGo(entries.of(lane))
    if (!head || held || (lane !== null && !deps.canSend())) return false
    retryOf(lane).cancel()
    try {
      await inTurn(head)
      retryOf(lane).reset()
      return true
    } catch (error) {
      return onFailure(head, ParleyError.of(error))
    }
  }

  const run = async (lane: Lane) => {
    do again.delete(lane)
    while ((await sendNext(lane)) || again.has(lane))
    running.delete(lane)
  }

  function pump(lane: Lane): void {
    if (running.has(lane)) again.add(lane)
    else running.set(lane, Promise.resolve(lane).then(run))
  }

  const flush = () => {
    uploads.flush()
    for (const lane of new Set(entries.all().map(entry => entry.sessionId))) pump(lane)
  }

  const mine = (entry: OutgoingEntry) => entry.userId === null || entry.userId === person

  /** As it is when it comes back from storage. */
  const restored = (entry: OutgoingEntry): OutgoingEntry => ({
    ...entry,
    userId: person ?? null,
    failed: waiting(entry) && clock.now() - entry.writtenAt > STALE_AFTER_MS ? 'stale' : entry.failed,
  })

  const setPerson = async (userId: string | null, carry: boolean) => {
    if (person === userId) return
    person = userId
    await entries.written()
    const kept = await store.all()
    if (person !== userId) return
    const here = carry ? entries.all() : entries.all().filter(mine)
    const known = new Set(entries.all().map(entry => entry.clientMessageId))
    const others = kept.filter(entry => mine(entry) && !known.has(entry.clientMessageId))
    entries.replace(here)
    entries.put(...[...here, ...others].map(restored))
    flush()
  }

  return {
    of: entries.of,
    all: entries.all,
    startDraft,
    add(lane, text, options, start, file = null) {
      const clientMessageId = uuid()
      const fields = { clientMessageId, userId: person ?? null, sessionId: lane, start, text, options }
      const upload = file && { blob: file, loaded: 0 }
      const entry: OutgoingEntry = { ...fields, upload, writtenAt: nextTime(), failed: null }
      entries.put(entry)
      if (file) uploads.start(clientMessageId)
      else if (!retryOf(lane).isWaiting) pump(lane)
      return entry
    },
    retry(clientMessageId) {
      const entry = entries.find(clientMessageId)
      if (!entry || waiting(entry)) return
      entries.put({ ...entry, failed: null, writtenAt: nextTime() })
      if (entry.upload) uploads.start(clientMessageId)
      else pump(entry.sessionId)
    },
    discard(clientMessageId) {
      uploads.cancel(clientMessageId)
      pumpBehind(clientMessageId)
      entries.drop(clientMessageId)
    },
    settle(clientMessageId) {
      if (entries.find(clientMessageId)) entries.drop(clientMessageId)
    },
    setPerson,
    async hold(work) {
      held = true
      try {
        await Promise.all(running.values())
        await work()
      } finally {
        held = false
        flush()
      }
    },
    async forget() {
      uploads.close()
      for (const { clientMessageId } of entries.all()) entries.drop(clientMessageId)
      await entries.written()
    },
    flush,
    close() {
      held = true
      uploads.close()
      for (const retry of retries.values()) retry.cancel()
    },
  }
}
