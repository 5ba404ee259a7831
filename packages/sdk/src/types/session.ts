import type { Message, MessageFile, RawInput, SenderType, Session } from '../contract-types.ts'
import type { FailureCode, ParleyError } from '../errors.ts'
import type { Observable } from './basics.ts'

/** A message as another one quotes it. Once it is recalled nothing of its content is left in it. */
export interface Quote {
  readonly id: string
  readonly senderId: string
  readonly senderType: SenderType
  readonly text: string
  readonly type: Message['type']
  readonly file: MessageFile | null
  readonly recalled: boolean
}

interface TimelineFields {
  /** Stays the same from the moment a message is written: a good React key. */
  readonly key: string
  readonly mine: boolean
  readonly senderId: string
  readonly senderType: SenderType
  readonly text: string
  readonly type: Message['type']
  readonly file: MessageFile | null
  readonly replyTo: string | null
  /** What it answers, as it stands now; `null`: it answers nothing, or that message is not loaded here. */
  readonly quote: Quote | null
  /** ISO 8601; of an unsent one, this device's clock. */
  readonly createdAt: string
}

/** `received`: somebody else's. The others: one's own, and how far it has come. */
export interface StoredMessage extends TimelineFields {
  readonly state: 'received' | 'sent' | 'delivered' | 'read'
  readonly id: string
  readonly seq: number
  readonly clientMessageId: string | null
  /** Taken back or deleted: a tombstone, without text, file and reactions. */
  readonly recalled: boolean
  /** Emoji → who, by id. */
  readonly reactions: Message['reactions']
  readonly forwardedFrom: string | null
}

/** A file that has not been uploaded yet. `blob` is what a picture of it is shown from until then. */
export interface Uploading {
  readonly blob: Blob
  /** Bytes. Of platforms that don't say how far an upload is: 0 until it is done. */
  readonly loaded: number
  readonly total: number
}

interface UnsentFields extends TimelineFields {
  readonly clientMessageId: string
  /** `null`: it has no file, or its file is on the server. */
  readonly uploading: Uploading | null
}

export interface WaitingMessage extends UnsentFields {
  readonly state: 'waiting'
}

/** Refused; it stays until `retry` or `discard`. `stale`: unsent for a day, so it is not sent unasked. */
export interface FailedMessage extends UnsentFields {
  readonly state: 'failed'
  readonly code: FailureCode
}

export type UnsentMessage = WaitingMessage | FailedMessage
export type TimelineMessage = StoredMessage | UnsentMessage

export interface Writer {
  readonly userId: string
  readonly userType: SenderType
}

export interface SessionSnapshot {
  /** `null`: a draft, which its first message starts. */
  readonly id: string | null
  readonly session: Session | null
  /** The server's messages in the order of `seq` without holes, then one's own unsent ones in the order written. */
  readonly messages: readonly TimelineMessage[]
  readonly hasOlder: boolean
  /** The newest page is on its way, and nothing is shown yet. */
  readonly loading: boolean
  readonly loadingOlder: boolean
  /** Who is writing now, besides oneself. */
  readonly typing: readonly Writer[]
  /** Everything up to this `seq` is read by the caller. */
  readonly readSeq: number
  readonly unreadCount: number
  /** The `seq` of the first message that was unread when this handle was loaded: where to draw the line, until one answers. */
  readonly unreadFrom: number | null
  /** What keeps the session from being shown, such as `not_found`. */
  readonly error: ParleyError | null
  /** The caller takes part no more: nothing of it is shown, and nothing can be sent. */
  readonly closed: 'left' | 'removed' | null
}

export interface SendOptions {
  readonly type?: Message['type']
  readonly fileUrl?: string
  readonly fileName?: string
  /** Bytes. */
  readonly fileSize?: number
  /** The id of a message of this session. */
  readonly replyTo?: string
}

export interface SendFileOptions {
  /** What is said beside the file. */
  readonly text?: string
  readonly replyTo?: string
  /** Default: `image` or `voice` by the file's own type, else `file`. */
  readonly type?: 'image' | 'file' | 'voice'
  /** Default: the name of a `File`, else `file`. */
  readonly name?: string
}

/**
 * A session. Loaded and kept up to date while somebody is subscribed, and for a minute after the last has gone.
 * `client.session(id)` answers with the same handle as long as it lives.
 */
export interface SessionHandle extends Observable<SessionSnapshot> {
  /** Resolves once the session has been shown for the first time; rejects if it can't be. */
  ready(): Promise<void>
  /**
   * Shown at once as `waiting`, kept over reloads, sent in order. Answers with its `clientMessageId`. A blank text
   * without a file throws `validation_failed`. (The longest text is the server's setting: too long is `failed`.)
   */
  send(text: string, options?: SendOptions): string
  /**
   * Shown at once, uploaded beside other messages, and then sent like one; messages written while it uploads do not
   * wait for it. A failed upload is repeated like a failed send, or `failed` (`payload_too_large`,
   * `unsupported_media_type`): then `retry` or `discard`. `discard` ends an upload that is under way. A file that is
   * not uploaded yet does not outlive the page: ask before it is left while a message is `uploading`.
   */
  sendFile(file: Blob, options?: SendFileOptions): string
  /** Sends a failed message again, with the same id. */
  retry(clientMessageId: string): void
  /** Drops an unsent message for good. One that is on its way may still arrive. */
  discard(clientMessageId: string): void
  /** Call it on every key stroke and on leaving the field; what goes out is throttled. */
  typing(on: boolean): void
  loadOlder(): Promise<void>
  /** Everything up to `seq` (default: all that is shown) is read. Sent when online; going back has no effect. */
  markRead(seq?: number): void
  /** Starts a draft now, without a message. Of a session that is there: no effect. */
  start(): Promise<void>
  end(reason?: string): Promise<void>
  /** Lets go of what it holds at once; a later subscription loads it again. Unsent messages stay. */
  release(): void
}

export type StartInput = Omit<RawInput<'session.start'>, 'userId' | 'userType'>
