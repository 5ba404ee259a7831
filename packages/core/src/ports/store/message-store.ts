import type { Message, MessageFile, SenderType } from '@parley/contracts'
import type { By } from './by.ts'

export interface AppendRequest {
  /** The message's id, if it is stored. */
  readonly id: string
  readonly sessionId: string
  readonly senderId: string
  readonly senderType: SenderType
  /** Must the sender be a participant who has not left (API keys and automatic senders need not)? */
  readonly mustTakePart: boolean
  /** `DIRECT_MESSAGES=anyone`: the two of a private session need not be friends. */
  readonly anyone: boolean
  readonly clientMessageId: string | null
  /** Stored as it is; but in a private session the message has the other one, whatever this says (M28). */
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
  /**
   * `conflict`: that `clientMessageId` stands in another session. `not_found`: no such session, or the sender is no part
   * of it. `not_friends`: the bond of the private session says so, and the sender must take part.
   */
  | { readonly kind: 'refused'; readonly code: 'not_found' | 'session_ended' | 'conflict' | 'not_friends' }

/** Whether somebody could write, without writing. As in an `AppendRequest`. */
export interface WriteQuery {
  readonly sessionIds: readonly string[]
  readonly senderId: string
  readonly mustTakePart: boolean
  readonly anyone: boolean
}

export type WriteRefusal = Exclude<Extract<AppendResult, { kind: 'refused' }>['code'], 'conflict'>

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
  | {
      readonly kind: 'recalled'
      readonly messageId: string
      readonly seq: number
      readonly byId: string | null
    }
  | {
      readonly kind: 'reacted'
      readonly messageId: string
      readonly seq: number
      readonly userId: string
      readonly emoji: string
      readonly added: boolean
      /** After this change, or a later one if it is read then; never before it (D8). */
      readonly reactions: Message['reactions']
    }
  | { readonly kind: 'updated' }

export interface RecallRequest {
  readonly messageId: string
  /** Who must have sent it; null: anyone's (an admin, an API key). */
  readonly senderId: string | null
  /** It must be younger, by the store's clock; null: of any age. Milliseconds. */
  readonly withinMs: number | null
  /** Who the event says it was; null: an API key without a name. */
  readonly byId: string | null
  /** Who the audit names, where something changes (M24); null: it is not audited. */
  readonly audit: By | null
}

export type RecallResult =
  /** `change` is null where it had been recalled before: nothing has changed. */
  | { readonly kind: 'recalled'; readonly message: Message; readonly change: number | null }
  | { readonly kind: 'refused'; readonly code: 'not_found' | 'forbidden' | 'recall_window_passed' }

export interface ReactRequest {
  readonly messageId: string
  readonly userId: string
  readonly emoji: string
}

export type ReactResult =
  | { readonly kind: 'reacted'; readonly message: Message; readonly added: boolean }
  /** `not_found`: no such message, or the person takes no part or may not see it. `conflict`: recalled, or too many different ones. */
  | { readonly kind: 'refused'; readonly code: 'not_found' | 'conflict' | 'session_ended' }

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
  /** By session, what an append would be refused with now; sessions that would take it are not in it (M27). */
  writeRefusals(query: WriteQuery): Promise<ReadonlyMap<string, WriteRefusal>>
  /** A stretch of a session's messages with `seq` > `after`, oldest first; `total` counts all the reader may see. */
  messages(
    sessionId: string,
    range: MessageRange,
    visibleAfterSeq: number,
  ): Promise<{ readonly items: Message[]; readonly total: number }>
  message(messageId: string): Promise<Message | null>
  /** Has the sender used this `clientMessageId`? Then whatever is appended by it stores nothing (M3, M4). */
  hasSent(senderId: string, clientMessageId: string): Promise<boolean>
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
  /** Empties the message, leaves a tombstone and counts one change, under the session's lock (M23–M26). */
  recall(request: RecallRequest): Promise<RecallResult>
  /** Adds the reaction or takes it back, and counts one change, under the session's lock. */
  react(request: ReactRequest): Promise<ReactResult>
}
