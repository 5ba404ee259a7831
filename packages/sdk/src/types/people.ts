import type { Friend, FriendRequest, PersonStatus, RawInput, User } from '../contract-types.ts'
import type { ParleyError } from '../errors.ts'
import type { CallOutput } from '../rest/route.ts'
import type { Observable } from './basics.ts'
import type { UploadOptions } from './files.ts'

export interface FriendsSnapshot {
  /** By name, each with its status of this moment. */
  readonly friends: readonly Friend[]
  /** To the caller, newest first. */
  readonly requests: readonly FriendRequest[]
  /** The caller's own that wait for an answer, newest first. */
  readonly sent: readonly FriendRequest[]
  readonly loading: boolean
  readonly error: ParleyError | null
}

/** Live while somebody is subscribed. Each method rejects with a `ParleyError`. */
export interface Friends extends Observable<FriendsSnapshot> {
  /** By id or phone number. `accepted`: the other one had asked already, both are friends now. */
  request(whom: RawInput<'friend.request'>): Promise<FriendRequest>
  /** `userId` of each: who asked. */
  accept(userId: string): Promise<Friend>
  reject(userId: string): Promise<void>
  /** Takes back what one asked oneself. */
  withdraw(userId: string): Promise<void>
  remove(userId: string): Promise<void>
  /** The caller's own word for a friend, seen by nobody else; `""` takes it away. */
  remark(userId: string, remark: string): Promise<Friend>
  /** The blocked one can neither write nor ask, and is not told. */
  block(userId: string): Promise<void>
  unblock(userId: string): Promise<void>
  blocked(): Promise<readonly User[]>
  /** People with exactly this phone number who could be asked. */
  find(phone: string): Promise<readonly User[]>
}

/** `lastSeen` is ISO 8601, and null to those who see the person online or never saw it. */
export interface PresenceSnapshot {
  readonly status: PersonStatus
  readonly lastSeen: string | null
}

/** People the caller may see: staff all, a user those it shares a session or friendship with. */
export interface Users {
  /** By name, page by page. */
  list(input?: RawInput<'user.list'>): Promise<CallOutput<'user.list'>>
  /** Those who are online or away, at most 1,000. */
  online(): Promise<readonly User[]>
  get(userId: string): Promise<User>
  /** By part of a nickname or the exact phone number, among all who have an account; at most 20. */
  search(keyword: string): Promise<readonly User[]>
}

export type ProfileChange = RawInput<'user.update-profile'>

/** The caller's own. What changes here changes `client.me` too. */
export interface Profile {
  get(): Promise<User>
  update(change: ProfileChange): Promise<User>
  /** An image; it is cut to a square and made small. `unsupported_media_type`: it is none. */
  setAvatar(image: Blob, options?: UploadOptions): Promise<User>
}
