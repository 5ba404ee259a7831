import type { Message, MessageFile, SenderType } from '@parley/contracts'

export interface AppendRequest {
  /** The message's id, if it is stored. */
  readonly id: string
  readonly sessionId: string
  readonly senderId: string
  readonly senderType: SenderType
  /** Must the sender be a participant who has not left (API keys and automatic senders need not)? */
  readonly mustTakePart: boolean
  readonly clientMessageId: string | null
  readonly receiverId: string | null
  readonly text: string
  readonly type: Message['type']
  readonly file: MessageFile | null
  readonly replyTo: string | null
  readonly forwardedFrom: string | null
}

export type AppendResult =
  | { readonly kind: 'stored'; readonly message: Message }
  /** The sender has used this `clientMessageId` in this session: the message stored then. */
  | { readonly kind: 'duplicate'; readonly message: Message }
  /** `conflict`: that `clientMessageId` stands in another session. `not_found`: no such session, or the sender is no part of it. */
  | { readonly kind: 'refused'; readonly code: 'not_found' | 'session_ended' | 'conflict' }

export type MessageRange =
  | { readonly kind: 'page'; readonly page: number; readonly limit: number }
  | { readonly kind: 'before'; readonly seq: number; readonly limit: number }
  | { readonly kind: 'after'; readonly seq: number; readonly limit: number }

/** A durable change of a session, as it stands in the store. */
export type StoredChange =
  | { readonly kind: 'message'; readonly change: number; readonly message: Message }
  | { readonly kind: 'session'; readonly change: number; readonly what: SessionChange }

/** What a change that is no new message did; kept in the session's change log. */
export type SessionChange =
  | { readonly kind: 'assigned'; readonly operatorId: string; readonly previousOperatorId: string | null }
  | { readonly kind: 'waiting'; readonly previousOperatorId: string | null }
  | { readonly kind: 'ended'; readonly endedBy: string | null; readonly reason: string | null }
  | {
      readonly kind: 'participants'
      readonly added: readonly string[]
      readonly removed: readonly string[]
      /** A visitor who has proved to be this user (I7). */
      readonly identified?: { readonly visitorId: string; readonly userId: string }
    }

/** Somebody has got (`delivered`) or read messages `from`…`to`. A mark only moves where it stays contiguous (M-rules). */
export interface MarkRequest {
  readonly sessionId: string
  readonly userId: string
  readonly kind: 'delivered' | 'read'
  /** For `delivered`: the first of the run; for `read`: ignored, all before is read. */
  readonly from: number
  readonly to: number
}

export interface MarkMoved {
  readonly sessionId: string
  readonly userId: string
  readonly kind: 'delivered' | 'read'
  readonly fromSeq: number
  readonly toSeq: number
  /** ISO 8601. */
  readonly at: string
  /**
   * What their senders should hear: for each sender whose messages in the run now have a higher status for all
   * others, and for each such status, the newest message.
   */
  readonly senders: readonly {
    readonly senderId: string
    readonly messageId: string
    readonly seq: number
    readonly status: 'delivered' | 'read'
  }[]
}

export interface MessageStore {
  /**
   * Claims `(sender, clientMessageId)`, looks again at the session's status and the sender's part in it, gives the
   * next `seq` and `change`, stores. A sender has read everything before its own message. Requests that wait at the
   * same moment go together (group commit).
   */
  append(request: AppendRequest): Promise<AppendResult>
  /** A stretch of a session's messages with `seq` > `after`, oldest first; `total` counts all the reader may see. */
  messages(
    sessionId: string,
    range: MessageRange,
    visibleAfterSeq: number,
  ): Promise<{ readonly items: Message[]; readonly total: number }>
  message(messageId: string): Promise<Message | null>
  /** Messages new or changed since, by `change` and `seq`: `limit` of them, and with the last all others of its change. */
  messagesChangedSince(
    sessionId: string,
    change: number,
    visibleAfterSeq: number,
    limit: number,
  ): Promise<Message[]>
  /** Every change after `change`, in order, at most `limit`. */
  changesSince(sessionId: string, change: number, limit: number): Promise<StoredChange[]>
  /** Moves marks; answers with those that moved. */
  mark(requests: readonly MarkRequest[]): Promise<MarkMoved[]>
}
