import type { Session } from '@parley/contracts'
import type { ChatHandle, StoredMessage } from '@parley/sdk'
import { createContext, use } from 'react'

/** `recall`: within the site's time for it. `delete`: at any time. Both are for everyone. */
export type Removal = 'recall' | 'delete'

/** What people who chat can do with a message. */
export interface MessageTools {
  readonly session: Session
  readonly handle: ChatHandle
  readonly nameOf: (userId: string) => string
  readonly onReact: (message: StoredMessage, emoji: string) => void
  readonly onReply: (message: StoredMessage) => void
  readonly onForward: (message: StoredMessage) => void
  readonly onRemove: (message: StoredMessage, how: Removal) => void
  /** Goes to a message, by its id. */
  readonly onQuote: (messageId: string) => void
}

export const MessageToolsContext = createContext<MessageTools | null>(null)

/** `null`: in a support session there is nothing of it. */
export const useMessageTools = (): MessageTools | null => use(MessageToolsContext)
