import type { Message } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { type SessionAction, touchOf } from '../sync/apply-event.ts'
import { joinMessages } from '../sync/merge.ts'
import type { Excerpt, ExcerptSnapshot } from '../types.ts'
import type { Core } from './core.ts'
import { createView } from './observable.ts'
import type { SessionModel } from './session-model.ts'
import { createTimeline } from './timeline.ts'

/** Messages on each side of the one that is looked for, and in each further page. */
const PAGE = 30

export interface ExcerptParts {
  readonly core: Core
  readonly model: () => SessionModel
  /** What changes the session, as it comes. */
  readonly onAction: (listener: (model: SessionModel, why: SessionAction | ParleyError) => void) => () => void
}

/** Messages around `seq`, beside those that the session itself shows, until the two meet. */
export function createExcerpt({ core, model, onAction }: ExcerptParts, seq: number): Excerpt {
  const timeline = createTimeline()
  let messages: readonly Message[] = []
  let asked = false
  let atStart = false
  let met = false
  let way: 'older' | 'newer' | null = null
  let error: ParleyError | null = null
  let stop: (() => void) | null = null

  const page = (range: object) =>
    core.call('message.list', { sessionId: model().id(), limit: PAGE, ...range }).then(({ items }) => items)

  /** Joined to what the session shows, as soon as nothing lies between them. */
  const meet = (isEnd: boolean) => {
    const last = messages.at(-1)?.seq ?? 0
    const first = model().state().messages[0]?.seq ?? Number.POSITIVE_INFINITY
    met = isEnd || last >= first - 1
    if (met) model().apply({ name: 'page', messages })
  }
  const attempt = async (load: () => Promise<void>) => {
    error = null
    try {
      await load()
    } catch (reason) {
      error = ParleyError.of(reason)
    }
    way = null
    view.changed()
  }
  const first = async () => {
    const [before, after] = await Promise.all([page({ beforeSeq: seq + 1 }), page({ afterSeq: seq })])
    messages = joinMessages(before, after)
    atStart = before.length < PAGE
    meet(after.length < PAGE)
  }
  const older = async () => {
    const items = await page({ beforeSeq: messages[0]?.seq })
    messages = joinMessages(messages, items)
    atStart = items.length < PAGE
  }
  const newer = async () => {
    const items = await page({ afterSeq: messages.at(-1)?.seq })
    messages = joinMessages(messages, items)
    meet(items.length < PAGE)
  }
  const go = async (to: 'older' | 'newer', load: () => Promise<void>) => {
    if (way !== null) return
    way = to
    view.changed()
    await attempt(load)
  }

  const update = (ids: ReadonlySet<string>, changed: (message: Message) => Message) => {
    if (!messages.some(({ id }) => ids.has(id))) return
    messages = messages.map(message => (ids.has(message.id) ? changed(message) : message))
    view.changed()
  }
  const heard = (from: SessionModel, why: SessionAction | ParleyError) => {
    if (from !== model() || why instanceof ParleyError) return
    if (why.name === 'message.recalled' || why.name === 'message.reacted') {
      const { change, fields } = touchOf(why)
      update(new Set([why.messageId]), message => ({ ...message, ...fields, change }))
    } else if (why.name === 'page' || why.name === 'caught.up') {
      const news = new Map(why.messages.map(message => [message.id, message]))
      update(new Set(news.keys()), known => joinMessages([known], [news.get(known.id) ?? known])[0] ?? known)
    }
  }

  const view = createView<ExcerptSnapshot>(
    () => ({
      messages: timeline({ ...model().state(), messages, ahead: [] }, [], core.me()),
      hasOlder: messages.length > 0 && !atStart && messages[0]?.seq !== 1,
      hasNewer: !met,
      loading: messages.length === 0 && !error,
      loadingOlder: way === 'older',
      loadingNewer: way === 'newer',
      error,
    }),
    used => {
      stop?.()
      stop = used ? onAction(heard) : null
      if (!used || asked) return
      asked = true
      void attempt(first)
    },
  )
  return {
    subscribe: view.subscribe,
    getSnapshot: view.getSnapshot,
    loadOlder: async () => {
      if (view.getSnapshot().hasOlder) await go('older', older)
    },
    loadNewer: async () => {
      if (!met) await go('newer', messages.length === 0 ? first : newer)
    },
  }
}
