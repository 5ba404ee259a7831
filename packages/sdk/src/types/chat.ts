import type { Message, Participant, PersonCard, RawInput, Session } from '../contract-types.ts'
import type { ParleyError } from '../errors.ts'
import type { Observable } from './basics.ts'
import type { Paged } from './paged.ts'
import type { SessionHandle, TimelineMessage } from './session.ts'

export interface Reader {
  readonly userId: string
  /** ISO 8601; `null`: it was heard live, or nobody said when. */
  readonly at: string | null
}

export interface Readers {
  /** Without the sender, at most 50; those whose time is known first. */
  readonly readers: readonly Reader[]
  readonly count: number
}

export type GroupChange = Omit<RawInput<'session.update'>, 'sessionId'>

/**
 * A session of any type, with all that its people can do. What a method changes is shown when the server has said so;
 * each rejects with a `ParleyError`.
 */
export interface ChatHandle extends SessionHandle {
  /** One's own message, for everyone, within the site's time for it (2 minutes): `recall_window_passed`, `forbidden`. */
  recall(messageId: string): Promise<void>
  /** One's own message at any time, for everyone; anyone's as an admin. */
  delete(messageId: string): Promise<void>
  /** Adds one's reaction, or takes it back. At most 20 different emojis stand on a message: `conflict`. */
  react(messageId: string, emoji: string): Promise<void>
  /** Into at most 20 other sessions of one's own. Nothing is sent if one of them can't be written to. Repeated, it is sent once. */
  forward(messageId: string, sessionIds: readonly string[]): Promise<readonly Message[]>
  /** The messages around one of this session, however far back it lies. Nothing is asked before somebody subscribes. */
  excerpt(seq: number): Excerpt
  /** Who has read a message that is shown; looks different whenever the snapshot does. */
  readBy(messageId: string): Readers
  /** In the order of joining, kept up to date. The same object for the same handle. */
  participants(): Paged<Participant>
  /** A group's owner. At most 1,000 people: `conflict`; who is not a friend of one's own: `not_friends`. */
  add(userIds: readonly string[]): Promise<void>
  /** A group's owner. */
  remove(userId: string): Promise<void>
  /** Ends one's own part in a group; the session is `closed: 'left'`. */
  leave(): Promise<void>
  /** A group's owner: another name, owner, or rule whether those who join later see what was before. */
  update(change: GroupChange): Promise<void>
}

export interface ExcerptSnapshot {
  /** In the order of `seq`, without holes. */
  readonly messages: readonly TimelineMessage[]
  readonly hasOlder: boolean
  /** False: it has met what the session itself shows, whose snapshot has all of it from now on. */
  readonly hasNewer: boolean
  /** The messages around the one that was asked for are on their way. */
  readonly loading: boolean
  readonly loadingOlder: boolean
  readonly loadingNewer: boolean
  /** Of the last page: `loadOlder` or `loadNewer` asks again. */
  readonly error: ParleyError | null
}

/** A part of a session that lies further back than what its snapshot shows. Recalls and reactions are shown as they come. */
export interface Excerpt extends Observable<ExcerptSnapshot> {
  loadOlder(): Promise<void>
  loadNewer(): Promise<void>
}

/** A private or group session as a list shows it. */
export interface Chat {
  readonly id: string
  readonly session: Session
  /** The group's name, or what the caller calls the other one (its remark, its name); an id if nobody knows one. */
  readonly title: string
  /** Of a private session: the other one. */
  readonly other: PersonCard | null
  readonly unreadCount: number
}

export interface ChatsSnapshot {
  /** Latest first. */
  readonly chats: readonly Chat[]
  /** Of those that are listed; of all sessions: `client.unread`. */
  readonly unreadCount: number
  readonly hasMore: boolean
  readonly loading: boolean
  readonly error: ParleyError | null
}

/** The caller's private and group sessions. Live while somebody is subscribed. */
export interface Chats extends Observable<ChatsSnapshot> {
  loadMore(): Promise<void>
}

export interface UnreadSnapshot {
  /** Messages of others that the caller has not read, in all its sessions, without tombstones; the same on every device. */
  readonly count: number
  /** Of each session in which something is unread. */
  readonly sessions: Readonly<Record<string, number>>
  readonly loading: boolean
}

export interface NewGroup {
  readonly name: string
  /** Friends or staff; staff may bring anyone. */
  readonly userIds: readonly string[]
  /** May who joins later see what was before? Default: no. */
  readonly showsHistory?: boolean
}

export interface SearchInput {
  /** Words or parts of words, not case-sensitive, at most 100 code points; blank finds nothing. */
  readonly keyword: string
  /** Default: all of the caller's sessions. */
  readonly sessionId?: string
}

/** Found messages, newest first; `total` counts to 1,000 at most. One that is recalled vanishes. */
export type Search = Paged<Message>
