import type {
  Friend,
  FriendRequest,
  Identify,
  Me,
  Message,
  OperatorCard,
  PersonCard,
  PersonStatus,
  Session,
  SessionList,
} from '../contract-types.ts'
import type { ParleyError } from '../errors.ts'
import type { CallArguments, CallOutput } from '../rest/route.ts'
import type { RestOperation } from '../rest/routes.ts'
import type { VisitorOperation } from '../rest/visitor-routes.ts'
import type { ConnectionState, Observable } from './basics.ts'
import type { ChatHandle, Chats, NewGroup, Search, SearchInput, UnreadSnapshot } from './chat.ts'
import type { Upload } from './files.ts'
import type { ListSnapshot, OperatorsSnapshot } from './lists.ts'
import type { Login } from './login.ts'
import type { Friends, PresenceSnapshot, Profile, Users } from './people.ts'
import type { SessionHandle, StartInput } from './session.ts'

/** For sounds, notifications and badges. Each thing is told once, whichever way it came. */
export interface ParleyEvents {
  /** A message of somebody else that is not taken back. `live: false`: it was missed and has been caught up. */
  message: { readonly message: Message; readonly session: Session | null; readonly live: boolean }
  /** A session that this client hears has changed. */
  session: { readonly session: Session; readonly previous: Session | null }
  assigned: { readonly session: Session; readonly operator: OperatorCard }
  ended: { readonly session: Session }
  /** `appeared`: it was not in the list before. Only for lists that somebody is subscribed to. */
  listed: { readonly list: SessionList; readonly session: Session; readonly appeared: boolean }
  /** Somebody has entered the session, or their last connection there has gone. */
  presence: { readonly sessionId: string; readonly userId: string; readonly here: boolean }
  /** (Not of a visitor’s client.) A message was taken back or deleted: whoever shows its text elsewhere (a notification) takes it away. */
  recalled: { readonly messageId: string; readonly sessionId: string }
  /** The caller takes part in a private or group session that this client did not know. Needs `chats` or `unread` in use. */
  opened: { readonly session: Session }
  /** The caller takes part in it no more. */
  closed: { readonly sessionId: string; readonly reason: 'left' | 'removed' }
  friendRequest: { readonly request: FriendRequest }
  friendAdded: { readonly friend: Friend }
  friendRemoved: { readonly userId: string }
  /** Somebody the caller may see came, went, or is away. */
  status: { readonly userId: string } & PresenceSnapshot
  /** A message of one's own has been stored, or was refused. */
  sent: { readonly message: Message }
  failed: { readonly clientMessageId: string; readonly sessionId: string | null; readonly error: ParleyError }
}

/** What every client can do. A visitor's page gets no more than this, in fewer bytes: `@parley/sdk/visitor`. */
export interface VisitorClient {
  readonly connection: Observable<ConnectionState>
  /** Who the credential stands for; `null` until the server (or what is kept of an earlier visit) has said. */
  readonly me: Observable<Me | null>
  /** Any other use that needs a connection opens one too. Also the way out of `refused`, and "try now" while reconnecting. */
  connect(): void
  /** Back to `idle`. What is shown stays, what is unsent is kept. */
  disconnect(): void
  /** Ends everything for good. What is unsent is kept for the next visit. */
  close(): void

  /** One request over REST. A token the server no longer takes is renewed once. Rejects with a `ParleyError`. */
  call<N extends VisitorOperation>(operation: N, ...input: CallArguments<N>): Promise<CallOutput<N>>

  session(sessionId: string): SessionHandle
  /** A support session that its first message starts (or continues, if the caller has an open one). */
  draftSession(input?: StartInput): SessionHandle
  /** The caller's open support session, or a draft with unsent messages, as after a reload. `null`: there is none. */
  openSession(): Promise<SessionHandle | null>
  /** Does storage know of an open session or an unsent message? If not, a widget need not connect before it is used. */
  remembersSession(): Promise<boolean>

  readonly upload: Upload

  on<E extends keyof ParleyEvents>(event: E, listener: (data: ParleyEvents[E]) => void): () => void

  /** `auth: visitor` only: become the user whom the hash proves; the open session and unsent messages come along. */
  identify(identity: Identify): Promise<void>
  /** Forgets who one is and everything that is kept, and goes back to `idle`. */
  forget(): Promise<void>
}

/** All of it: for staff, for people who chat, for bots and Node. */
export interface ParleyClient
  extends Omit<VisitorClient, 'call' | 'session' | 'draftSession' | 'openSession'> {
  /** One request over REST. A token the server no longer takes is renewed once. Rejects with a `ParleyError`. */
  call<N extends RestOperation>(operation: N, ...input: CallArguments<N>): Promise<CallOutput<N>>

  session(sessionId: string): ChatHandle
  draftSession(input?: StartInput): ChatHandle
  openSession(): Promise<ChatHandle | null>
  /** The one private session with this person, made if there is none: `not_friends`, `not_found`. */
  openPrivate(userId: string): Promise<ChatHandle>
  /** At most 1,000 people, the caller included, who owns it: `not_friends`, `not_found`. */
  createGroup(group: NewGroup): Promise<ChatHandle>

  readonly chats: Chats
  readonly unread: Observable<UnreadSnapshot>
  /** Nothing is asked before somebody subscribes. */
  search(input: SearchInput): Search

  readonly friends: Friends
  readonly users: Users
  readonly profile: Profile
  /** Name and picture, from whatever has told them; asked for once if nothing has. The same object for the same id. */
  person(userId: string): Observable<PersonCard | null>
  /** `null` until it is known, and of those whom the caller may not see. The same object for the same id. */
  presence(userId: string): Observable<PresenceSnapshot | null>
  /** Until it is said otherwise or the person's last connection ends; said again when this client reconnects. Needs a connection. */
  setStatus(status: PersonStatus): Promise<void>

  /** `auth: login` only; otherwise each of its methods rejects with `forbidden`. */
  readonly login: Login

  /** Staff. Watched while somebody is subscribed. */
  list(name: SessionList): Observable<ListSnapshot>
  /** Staff. Live while somebody is subscribed. */
  operators(): Observable<OperatorsSnapshot>
}
