import type { Message, Session, UploadedFile } from '../contract-types.ts'
import { type FailureCode, ParleyError } from '../errors.ts'
import { createStorage, memoryStorage } from '../storage.ts'
import type { Locks } from '../sync/locks.ts'
import { createEntryStore, type OutgoingEntry } from '../sync/outgoing-entry.ts'
import { createOutgoingQueue, type OutgoingQueue } from '../sync/outgoing-queue.ts'
import type { KeyValue, UploadOptions } from '../types.ts'
import { createSimClock, type SimClock } from './sim-clock.ts'
import { SimSession } from './sim-session.ts'

/** What the server does with the next sends; `lost`: it takes the message, and the answer never comes. */
export type Fate = 'taken' | 'lost' | FailureCode

export interface SimSends {
  readonly fates: Fate[]
  /** Texts as the server has stored them, by session. */
  readonly stored: Map<string, string[]>
  readonly tries: string[]
  online: boolean
  starts: number
  /** What the server does with the next uploads; `'hangs'`: nothing, until it is aborted. */
  readonly uploadFates: (Fate | 'hangs')[]
  readonly uploaded: string[]
  send(entry: OutgoingEntry, sessionId: string): Promise<Message>
  upload(file: Blob, options: UploadOptions): Promise<UploadedFile>
  start(): Promise<Session>
}

export function createServer(): SimSends {
  const sessions = new Map<string, SimSession>()
  const stored = new Map<string, string[]>()
  return {
    fates: [],
    stored,
    tries: [],
    uploadFates: [],
    uploaded: [],
    online: true,
    starts: 0,
    async upload(file, { name = '', onProgress, signal }) {
      await Promise.resolve()
      const fate = this.uploadFates.shift() ?? 'taken'
      onProgress?.(Math.floor(file.size / 2), file.size)
      if (fate === 'hangs')
        await new Promise<never>((_, reject) =>
          signal?.addEventListener('abort', () => reject(new ParleyError('closed'))),
        )
      if (fate !== 'taken' && fate !== 'hangs') throw new ParleyError(fate === 'lost' ? 'unreachable' : fate)
      this.uploaded.push(name)
      return uploadedFile(name, file)
    },
    async send(entry, sessionId) {
      const { clientMessageId, text } = entry
      this.tries.push(text)
      await Promise.resolve()
      const fate = this.fates.shift() ?? 'taken'
      if (fate !== 'taken' && fate !== 'lost')
        throw new ParleyError(fate, { retryAfterMs: fate === 'rate_limited' ? 90_000 : null })
      const session = sessions.get(sessionId) ?? new SimSession(sessionId, 'lin')
      sessions.set(sessionId, session)
      const message = session.send({ senderId: 'lin', text, clientMessageId })
      stored.set(
        sessionId,
        session.messages.map(other => other.text),
      )
      if (fate === 'lost') throw new ParleyError('unreachable')
      return message
    },
    async start() {
      await Promise.resolve()
      const fate = this.fates.shift() ?? 'taken'
      if (fate !== 'taken') throw new ParleyError(fate === 'lost' ? 'unreachable' : fate)
      this.starts += 1
      return new SimSession('started', 'lin').told()
    },
  }
}

const uploadedFile = (name: string, { size, type }: Blob): UploadedFile => ({
  id: `file-${name}`,
  url: `/files/${name}`,
  name,
  size,
  mimeType: type || 'application/octet-stream',
  width: null,
  height: null,
  durationMs: null,
  thumbnailUrl: null,
})

let ids = 0

export function createTab(time: SimClock, server: SimSends, storage: KeyValue, locks: Locks | null = null) {
  const failed: string[] = []
  const sent: string[] = []
  const queue = createOutgoingQueue({
    environment: { clock: time.clock, random: () => 0.5, uuid: () => `c${++ids}`, locks },
    store: createEntryStore(createStorage('parley', storage)),
    name: 'parley',
    canSend: () => server.online,
    send: (entry, sessionId) => server.send(entry, sessionId),
    upload: (file, options) => server.upload(file, options),
    start: () => server.start(),
    started: () => undefined,
    sent: message => void sent.push(message.text),
    failed: (entry, { code }) => void failed.push(`${entry.text} ${code}`),
    changed: () => undefined,
  })
  return { queue, failed, sent }
}

export async function createDesk() {
  const time = createSimClock()
  const server = createServer()
  const storage = memoryStorage()
  const tab = createTab(time, server, storage)
  await tab.queue.setPerson('lin', false)
  return { time, server, storage, ...tab }
}

export const say = (queue: OutgoingQueue, text: string, lane: string | null = 's1') =>
  queue.add(lane, text, {}, null)
export const texts = (entries: readonly OutgoingEntry[]) =>
  entries.map(({ text, failed }) => (failed ? `${text} ${failed}` : text))

/** One at a time for each name, as Web Locks have it. */
export function createLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>()
  return (name, work) => {
    const run = (tails.get(name) ?? Promise.resolve()).then(work, work)
    tails.set(name, run)
    return run
  }
}
