import { ParleyError } from '../errors.ts'
import { createRetry } from '../retry.ts'
import type { Core } from './core.ts'

/** While it is used, the connection hears all sessions of its person, also those that it comes into later. */
export function createInbox(core: Core) {
  const retry = createRetry(core.environment)
  let users = 0
  let open = false

  const ask = async () => {
    if (open || users === 0 || !core.connection.isOnline()) return
    open = true
    try {
      await core.connection.request('inbox.open', {})
      retry.reset()
    } catch (reason) {
      open = false
      const error = ParleyError.of(reason)
      if (error.retry && core.connection.isOnline()) retry.later(error, () => void ask())
    }
  }

  return {
    used(used: boolean) {
      users += used ? 1 : -1
      if (!used) return
      core.connection.need()
      void ask()
    },
    /** A new connection hears nothing until it asks. */
    online() {
      open = false
      retry.cancel()
      void ask()
    },
  }
}

export type Inbox = ReturnType<typeof createInbox>
