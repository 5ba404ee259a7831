import type { Output } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { createRetry } from '../retry.ts'
import type { UnreadSnapshot } from '../types.ts'
import { unreadOf } from './chat-news.ts'
import type { Core } from './core.ts'
import type { Inbox } from './inbox.ts'
import { createView } from './observable.ts'
import type { Sessions } from './sessions.ts'

interface Parts {
  readonly core: Core
  readonly inbox: Inbox
  readonly sessions: Sessions
}

/** What is unread in all sessions: as the server counts it, but of sessions that are heard by what was heard. */
export function createUnreadTotal({ core, inbox, sessions }: Parts) {
  const retry = createRetry(core.environment)
  let counted: Output<'message.unread'> | null = null
  let used = false
  let asked = 0

  const build = (): UnreadSnapshot => {
    const bySession: Record<string, number> = { ...counted?.sessions }
    for (const model of sessions.all()) {
      const id = model.id()
      const { session } = model.state()
      const isOwn = session?.participants.includes(core.me()?.id ?? '') ?? false
      if (id !== null && (isOwn || model.isClosed())) bySession[id] = unreadOf(core, model)
    }
    const entries = Object.entries(bySession).filter(([, count]) => count > 0)
    const count = entries.reduce((sum, [, n]) => sum + n, 0)
    return { count, sessions: Object.fromEntries(entries), loading: counted === null }
  }

  const load = async () => {
    const mine = ++asked
    try {
      const answer = await core.call('message.unread')
      if (mine !== asked) return
      counted = answer
      retry.reset()
      view.changed()
    } catch (reason) {
      const error = ParleyError.of(reason)
      if (mine === asked && error.retry) retry.later(error, () => void load())
    }
  }

  const view = createView(build, next => {
    used = next
    inbox.used(used)
    if (used && core.connection.isOnline()) void load()
    if (!used) retry.cancel()
  })

  return {
    observable: { subscribe: view.subscribe, getSnapshot: view.getSnapshot },
    changed() {
      if (used) view.changed()
    },
    /** What it was counted from is not so any more. */
    recount() {
      if (used) void load()
    },
    reset() {
      counted = null
      view.changed()
    },
  }
}
