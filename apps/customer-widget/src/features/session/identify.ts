import type { VisitorClient } from '@parley/sdk'
import { ParleyError } from '@parley/sdk/visitor'
import type { Identity } from '../../bridge/protocol.ts'
import type { Chat } from './chat.ts'

/** Milliseconds; doubles with each failure. */
const FIRST_PAUSE_MS = 2000

interface IdentifyParts {
  readonly client: VisitorClient
  readonly chat: Chat
  /** For the page's developer. */
  readonly failed: (message: string) => void
}

/** Carries out what the page says of its visitor, each saying once and after the one before; while the server is away it is tried again. */
export function createIdentify({ client, chat, failed }: IdentifyParts) {
  let said = ''
  let last = Promise.resolve()

  const identify = async (identity: Identity) => {
    const before = client.me.getSnapshot()
    await client.identify(identity)
    const another = before !== null && before.role !== 'visitor' && before.id !== identity.userId
    if (another) await chat.forget()
    await chat.identified()
  }
  const attempt = (identity: Identity, json: string, pause: number) => {
    last = last
      .then(() => identify(identity))
      .catch((reason: unknown) => {
        const error = ParleyError.of(reason)
        if (said !== json) return
        if (error.retry) setTimeout(attempt, pause, identity, json, pause * 2)
        else failed(`identify: ${error.message}`)
      })
  }
  return (identity: Identity | null) => {
    const json = JSON.stringify(identity)
    if (json === said) return
    said = json
    if (identity) attempt(identity, json, FIRST_PAUSE_MS)
  }
}
