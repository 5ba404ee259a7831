import type { ChatHandle, Excerpt, SessionSnapshot, TimelineMessage } from '@parley/sdk'
import { useCallback, useEffect, useState } from 'react'
import type { Jump } from '../message/index.ts'

/** So many pages are leafed back for a message whose place nobody knows. */
const PAGES_MAX = 20

export interface Visit {
  readonly key: number
  readonly excerpt: Excerpt
}

export interface Jumping {
  readonly jump: Jump | null
  /** Where the person is, if not among the newest messages. */
  readonly visit: Visit | null
  toSeq(seq: number): void
  /** Leafs back for one that is not loaded; false: it is further back than that, or than one may see. */
  toMessage(messageId: string): Promise<boolean>
  toNewest(): void
}

const seqOf = (messages: readonly TimelineMessage[], messageId: string): number | null => {
  const found = messages.find(message => 'seq' in message && message.id === messageId)
  return found && 'seq' in found ? found.seq : null
}
const has = (messages: readonly TimelineMessage[], seq: number) =>
  messages.some(message => 'seq' in message && message.seq === seq)

let visits = 0

/** Going to a message of a chat, wherever it is. `seq`: as soon as the chat is there. */
export function useJump(handle: ChatHandle, snapshot: SessionSnapshot, seq: number | null): Jumping {
  const [jump, setJump] = useState<Jump | null>(null)
  const [visit, setVisit] = useState<Visit | null>(null)

  const toSeq = useCallback(
    (target: number) => {
      const visited = visit?.excerpt.getSnapshot()
      setJump({ seq: target })
      if (visited?.hasNewer && has(visited.messages, target)) return
      if (has(handle.getSnapshot().messages, target)) {
        if (visited?.hasNewer) setVisit(null)
        return
      }
      visits += 1
      setVisit({ key: visits, excerpt: handle.excerpt(target) })
    },
    [handle, visit],
  )
  const toMessage = useCallback(
    async (messageId: string) => {
      const source = visit?.excerpt.getSnapshot().hasNewer ? visit.excerpt : handle
      for (let page = 0; page <= PAGES_MAX; page += 1) {
        const { messages, hasOlder } = source.getSnapshot()
        const found = seqOf(messages, messageId)
        if (found !== null) {
          toSeq(found)
          return true
        }
        if (!hasOlder) break
        await source.loadOlder()
      }
      return false
    },
    [handle, visit, toSeq],
  )
  const toNewest = useCallback(() => {
    setVisit(null)
    setJump(null)
  }, [])

  // Each address is gone to once, as soon as the chat is there.
  const [gone, setGone] = useState<number | null>(null)
  const ready = !snapshot.loading
  useEffect(() => {
    if (seq === gone || !ready) return
    setGone(seq)
    if (seq !== null) toSeq(seq)
  }, [seq, gone, ready, toSeq])
  return { jump, visit, toSeq, toMessage, toNewest }
}
