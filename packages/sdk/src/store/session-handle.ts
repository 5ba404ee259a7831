import { ParleyError } from '../errors.ts'
import { nameOf } from '../rest/upload.ts'
import type { SendOptions, SessionHandle, StartInput } from '../types.ts'
import type { Core } from './core.ts'
import { createView } from './observable.ts'
import type { SessionModel } from './session-model.ts'
import { createTypist } from './writers.ts'

export interface HandleHooks {
  release(model: SessionModel): void
}

export interface BoundHandle {
  readonly handle: SessionHandle
  /** For which it stands now. */
  model(): SessionModel
  /** From now on it stands for this model. */
  bind(model: SessionModel): void
  /** With what the draft would be started. */
  setStart(input: StartInput): void
}

const typeOf = ({ type }: Blob) =>
  type.startsWith('image/') ? 'image' : type.startsWith('audio/') ? 'voice' : 'file'

/** What an app holds of a session. It outlives its model: a draft's may turn out to be a session that is known. */
export function createHandle(core: Core, hooks: HandleHooks, first: SessionModel): BoundHandle {
  let model = first
  let start: StartInput = {}
  let stop: (() => void) | null = null

  const follow = () => {
    stop?.()
    stop = model.subscribe(() => view.changed())
  }
  const view = createView(
    () => model.getSnapshot(),
    used => {
      if (used) return follow()
      stop?.()
      stop = null
    },
  )

  const typist = createTypist(core.environment.clock, isTyping => {
    const sessionId = model.id()
    // Whether it arrives is of no consequence: it is said again, or forgotten.
    if (sessionId !== null)
      core.connection.request('typing.set', { sessionId, isTyping }).catch(() => undefined)
  })

  const put = (text: string, options: SendOptions, file?: Blob) => {
    const id = model.id()
    const entry = core.queue.add(id, text, options, id === null ? start : null, file)
    typist.sent()
    // A draft needs somebody first: the queue sees to both.
    if (id !== null) core.connection.need()
    return entry.clientMessageId
  }

  const startNow = async () => {
    if (model.id() === null) await core.queue.startDraft(start)
  }

  const ready = () =>
    new Promise<void>((resolve, reject) => {
      const leave = view.subscribe(() => look())
      const look = () => {
        const { error } = model.getSnapshot()
        if (error) reject(error)
        else if (model.isLoaded()) resolve()
        else return
        leave()
      }
      look()
    })

  const handle: SessionHandle = {
    subscribe: view.subscribe,
    // Between subscriptions nobody says when the view is old.
    getSnapshot: () => model.getSnapshot(),
    ready,
    send(text, options = {}) {
      if (!text.trim() && !options.fileUrl)
        throw new ParleyError('validation_failed', { message: 'A message needs a text or a file' })
      return put(text, options)
    },
    sendFile(file, { text = '', name = nameOf(file), ...options } = {}) {
      return put(text, { type: typeOf(file), ...options, fileName: name, fileSize: file.size }, file)
    },
    retry: core.queue.retry,
    discard: core.queue.discard,
    typing: typist.typing,
    loadOlder: () => model.loadOlder(),
    markRead: seq => model.markRead(seq),
    start: startNow,
    async end(reason) {
      const sessionId = model.id()
      if (sessionId === null) throw new ParleyError('conflict', { message: 'The session has not started' })
      const session = await core.call('session.end', { sessionId, reason })
      model.apply({ name: 'told', session })
    },
    release: () => hooks.release(model),
  }
  return {
    handle,
    model: () => model,
    bind(next) {
      if (next === model) return
      model = next
      if (stop) follow()
      view.changed()
    },
    setStart(input) {
      start = input
    },
  }
}
