import type { CountedEvent } from '../connection/link.ts'
import type { Identified, Message, Session } from '../contract-types.ts'
import type { Mark } from './merge.ts'

/** The cursor before the first `session.sync`. */
export const UNSYNCED = -1

/** A recall or a reaction, with its number. */
export interface Touch {
  readonly change: number
  readonly seq: number
  readonly fields: Partial<Message>
}

/** What the server has said of a session, put together. Plain data: the same facts in any order give the same state. */
export interface SessionState {
  readonly session: Session | null
  /** In the order of `seq`, without holes, up to the newest that is known. */
  readonly messages: readonly Message[]
  /** Everything up to this change is in here. */
  readonly change: number
  /** Changes beyond a gap, in order: they wait until the gap is filled. */
  readonly ahead: readonly CountedEvent[]
  /** How far each has received and read, from whichever told it first. */
  readonly marks: readonly Mark[]
  /** Message id → what the latest change to it was: a page that was asked for before may still come without it. */
  readonly touched: Readonly<Record<string, Touch>>
  /** What the server last counted as unread, with the session as it was then. */
  readonly counted: Session | null
  /** The visitor who has become the user, and the change with which that came: a page may still come from before it. */
  readonly identified: (Identified & { readonly change: number }) | null
  /** How far one's own messages have come with all the others, as `message.status` said it. */
  readonly delivered: number
  readonly read: number
}

export const emptyState: SessionState = {
  session: null,
  messages: [],
  change: UNSYNCED,
  ahead: [],
  marks: [],
  touched: {},
  counted: null,
  identified: null,
  delivered: 0,
  read: 0,
}

/** Changes are known to be missing, so the server must be asked. */
export const hasGap = (state: SessionState): boolean => state.ahead.length > 0
