import type {
  EventData,
  EventName,
  Identified,
  Message,
  Output,
  RawInput,
  SenderType,
  Session,
  WaitEstimate,
} from '../contract-types.ts'
import type { ParleyError } from '../errors.ts'

/** What is asked over a live connection rather than over REST. */
export type LinkOperation =
  | 'session.sync'
  | 'session.watch'
  | 'session.unwatch'
  | 'message.send'
  | 'message.read'
  | 'typing.set'
  | 'inbox.open'
  | 'user.set-status'

/** A durable change of a session, with its number. */
export type CountedEvent = { readonly sessionId: string; readonly change: number } & (
  | { readonly name: 'message.created'; readonly message: Message }
  | { readonly name: 'message.recalled'; readonly messageId: string; readonly seq: number }
  | {
      readonly name: 'message.reacted'
      readonly messageId: string
      readonly seq: number
      readonly reactions: Message['reactions']
    }
  | { readonly name: 'session.assigned'; readonly session: Session }
  | { readonly name: 'session.waiting'; readonly position: number }
  | {
      readonly name: 'session.ended'
      readonly endedBy: string | null
      readonly reason: string | null
      readonly endedAt: string
    }
  | {
      readonly name: 'participants.changed'
      readonly added: readonly string[]
      readonly removed: readonly string[]
      readonly identified?: Identified
    }
  /** A change that the connection's family has no event for. */
  | { readonly name: 'session.changed'; readonly session: Session }
)

/** Of `/ws`, without the message's id. */
type Read = Omit<EventData<'message.read'>, 'messageId'>
type Named<N extends EventName> = { readonly name: N } & EventData<N>

export type UncountedEvent =
  | ({ readonly name: 'message.read' } & Read)
  | Named<'message.status'>
  | {
      readonly name: 'queue.position'
      readonly sessionId: string
      readonly position: number
      readonly estimate: WaitEstimate | null
    }
  | {
      readonly name: 'typing.changed'
      readonly sessionId: string
      readonly userId: string
      readonly userType: SenderType
      readonly isTyping: boolean
    }
  | { readonly name: 'user.joined'; readonly sessionId: string; readonly userId: string }
  | { readonly name: 'user.left'; readonly sessionId: string; readonly userId: string }
  | AsideEvent

/** What is not of one session that is shown. */
export type AsideEvent =
  | Named<'session.listed'>
  | Named<'session.unlisted'>
  | Named<'operator.changed'>
  | Named<'session.opened'>
  | Named<'presence.changed'>
  | Named<'friend.requested'>
  | Named<'friend.added'>
  | Named<'friend.removed'>

export type LinkEvent = CountedEvent | UncountedEvent
export const isCounted = (event: LinkEvent): event is CountedEvent => 'change' in event

export interface LinkListener {
  /** The server has taken us. Nothing is heard before. */
  opened(): void
  event(event: LinkEvent): void
  /** Never open, or open no more; `error.code` says why: `unreachable`, or what the server refused us with. Called once. */
  closed(error: ParleyError): void
}

export interface LinkOptions {
  readonly url: string
  /** `null`: the browser's cookie. */
  readonly token: string | null
  readonly protocol: number
}

/** One live connection: opened when made, dead once `closed` was called. It never comes back by itself. */
export interface Link {
  /** Rejects with a `ParleyError`; `unreachable` when no answer has come in `timeoutMs` or the link has gone. */
  request<N extends LinkOperation>(operation: N, input: RawInput<N>, timeoutMs: number): Promise<Output<N>>
  /** Ends it; `closed` is not called. */
  close(): void
}

/** What every link must do is in `test/link-suite.ts`. */
export type OpenLink = (options: LinkOptions, listener: LinkListener) => Link
