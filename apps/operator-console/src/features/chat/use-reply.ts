import type { SessionSnapshot, StoredMessage, TimelineMessage } from '@parley/sdk'
import { useState } from 'react'
import { useDrafts } from '../message/index.ts'

const found = (messages: readonly TimelineMessage[], messageId: string | undefined): StoredMessage | null => {
  const message = messages.find(one => 'seq' in one && one.id === messageId)
  return message && 'seq' in message ? message : null
}

/** The message that is answered, as it is now: none any more, once it was taken back. It is kept like a draft. */
export function useReply(sessionId: string, { messages }: SessionSnapshot) {
  const { replies } = useDrafts()
  const [chosen, setChosen] = useState(() => found(messages, replies.get(sessionId)))
  const message = chosen && (found(messages, chosen.id) ?? chosen)
  const answer = (next: StoredMessage | null) => {
    if (next) replies.set(sessionId, next.id)
    else replies.delete(sessionId)
    setChosen(next)
  }
  return { answered: message?.recalled ? null : message, answer }
}
