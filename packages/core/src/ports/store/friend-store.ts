import type { Friend, FriendRequest, User } from '@parley/contracts'

/** The most requests that one answer has. */
export const REQUESTS_MAX = 200

export interface AskRequest {
  readonly id: string
  readonly fromId: string
  readonly toId: string
  readonly message: string | null
}

export type AskResult =
  /** `shown`: it is new to the one who is asked, who may be told. False: it repeats, or is kept from one who blocks the asker (F7). */
  | { readonly kind: 'pending'; readonly request: FriendRequest; readonly shown: FriendRequest | null }
  /** The other side had asked already. */
  | { readonly kind: 'befriended'; readonly request: FriendRequest; readonly pair: Befriended }
  | { readonly kind: 'refused'; readonly code: 'not_found' | 'conflict' }

/** Two new friends, each as the other sees it. */
export interface Befriended {
  /** By the id of the reader. */
  readonly friends: ReadonlyMap<string, Friend>
  /** Their private session, if they have one: both may write again. */
  readonly sessionId: string | null
}

/**
 * Who is whose friend. What concerns two people is decided under one lock of the pair, so that no race makes two
 * requests of one, or leaves one after the friendship it asked for. A step that changes who may write sets the pair's
 * session's `bond` in the same step: see `bondOf`.
 */
export interface FriendStore {
  ask(request: AskRequest): Promise<AskResult>
  /** Null: `fromId` has not asked (or not in a way that `byId` can see). Asked again after it was accepted: the friendship there is. */
  accept(fromId: string, byId: string): Promise<Befriended | null>
  /** False: there is no such request. */
  reject(fromId: string, byId: string): Promise<boolean>
  /** Takes back one's own. False: there is none. */
  withdraw(fromId: string, toId: string): Promise<boolean>
  /** False: they are no friends. */
  unfriend(userId: string, friendId: string): Promise<boolean>
  /** Null: they are no friends. */
  remark(userId: string, friendId: string, remark: string | null): Promise<Friend | null>
  /** Turns down what the blocked one has asked. False: there is no such person. */
  block(userId: string, blockedId: string): Promise<boolean>
  unblock(userId: string, blockedId: string): Promise<void>
  /** By remark, nickname and real name; at most `FRIENDS_MAX`. */
  friendsOf(userId: string): Promise<Friend[]>
  /** Newest first, at most `REQUESTS_MAX`. */
  requestsTo(userId: string): Promise<FriendRequest[]>
  requestsFrom(userId: string): Promise<FriendRequest[]>
  blockedBy(userId: string): Promise<User[]>
  /** Active people with an account (role user or staff), never `readerId` itself; without e-mail and phone. */
  findPeople(
    by: { readonly phone: string } | { readonly nickname: string },
    readerId: string,
    limit: number,
  ): Promise<User[]>
}
