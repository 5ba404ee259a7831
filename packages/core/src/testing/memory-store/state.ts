import type { Message, PersonStatus, Role, Session, Strategy } from '@parley/contracts'
import type { OperatorState, SessionState, TurnWrites } from '../../assignment/turn.ts'
import type { KnownFile } from '../../ports/store/file-store.ts'
import type { Job } from '../../ports/store/job-store.ts'
import type { SessionChange } from '../../ports/store/message-store.ts'
import type { Bond, Part } from '../../ports/store/session-store.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export interface PersonRow {
  readonly id: string
  role: Role
  username: string | null
  realName: string | null
  nickname: string | null
  email: string | null
  phone: string | null
  avatar: string | null
  isActive: boolean
  lastSeenAt: number | null
  /** Away or hidden; null: it has said nothing since it came (U3). */
  chosenPresence: PersonStatus | null
  locale: string | null
  timeZone: string | null
  readonly createdAt: number
  updatedAt: number
}

export interface FriendRow {
  remark: string | null
  readonly since: number
}

export interface AskRow {
  readonly id: string
  readonly fromId: string
  readonly toId: string
  message: string | null
  /** Kept from the one who is asked, who has blocked the other (F7). */
  hidden: boolean
  readonly createdAt: number
}

/** `load` and `connected` are counted where they are asked for. */
export type OperatorRow = Mutable<Omit<OperatorState, 'load' | 'connected'>>

export interface PartRow {
  readonly userId: string
  role: Part['role']
  visibleAfterSeq: number
  joinedAt: number
  joinedChange: number
  leftChange: number | null
  deliveredSeq: number
  readSeq: number
  /** When the read mark moved to which `seq`. */
  reads: { readonly seq: number; readonly at: number }[]
}

type Counted = 'status' | 'readBy' | 'readByCount' | 'createdAt' | 'updatedAt'
export interface MessageRow extends Mutable<Omit<Message, Counted>> {
  readonly createdChange: number
  readonly createdAt: number
  updatedAt: number
}

export interface ChangeRow {
  readonly change: number
  readonly what: SessionChange
}

export interface SessionRow extends Mutable<SessionState> {
  name: string | null
  showsHistory: boolean
  /** Of a private session; null of others. */
  bond: Bond | null
  /** An API key or staff has brought the two of it together (G3). */
  together: boolean
  readonly subject: string | null
  readonly metadata: Session['metadata']
  userName: string | null
  userType: Session['userType']
  lastSeq: number
  lastMessageAt: number | null
  readonly createdAt: number
  updatedAt: number
  /** In the order of joining. */
  readonly parts: Map<string, PartRow>
  readonly messages: MessageRow[]
  readonly changes: ChangeRow[]
}

export interface JobRow extends Mutable<Job> {
  runAt: number
  lockedUntil: number | null
}

/** All that is durable, as rows. Times are milliseconds since 1970. */
export interface State {
  readonly siteId: string
  readonly now: () => number
  strategy: Strategy
  queueCounter: number
  readonly people: Map<string, PersonRow>
  /** In the order in which they joined the site. */
  readonly operators: Map<string, OperatorRow>
  readonly sessions: Map<string, SessionRow>
  /** Private sessions, by `pairKey`. */
  readonly pairs: Map<string, string>
  /** By whose friend it is and the friend. */
  readonly friends: Map<string, Map<string, FriendRow>>
  /** By who asked and who was asked. */
  readonly asks: Map<string, AskRow>
  /** By who blocks: whom, in the order of blocking. */
  readonly blocks: Map<string, Set<string>>
  readonly messages: Map<string, MessageRow>
  /** By sender and `clientMessageId`. */
  readonly claims: Map<string, MessageRow>
  /** Node id → its last heartbeat. */
  readonly nodes: Map<string, number>
  /** By connection id. */
  readonly leases: Map<string, { readonly userId: string; readonly nodeId: string }>
  /** By kind and key. */
  readonly jobs: Map<string, JobRow>
  jobCounter: number
  readonly files: Map<string, KnownFile>
  readonly audits: TurnWrites['audits'][number][]
}

export const newState = (siteId: string, now: () => number): State => ({
  siteId,
  now,
  strategy: 'least-busy',
  queueCounter: 0,
  people: new Map(),
  operators: new Map(),
  sessions: new Map(),
  pairs: new Map(),
  friends: new Map(),
  asks: new Map(),
  blocks: new Map(),
  messages: new Map(),
  claims: new Map(),
  nodes: new Map(),
  leases: new Map(),
  jobs: new Map(),
  jobCounter: 0,
  files: new Map(),
  audits: [],
})

export const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts)
export const pairKey = (a: string, b: string): string => keyOf(...[a, b].sort())
export const isoTime = (ms: number): string => new Date(ms).toISOString()
export const isoTimeOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms))

export const presentPart = (session: SessionRow | undefined, userId: string): PartRow | null => {
  const part = session?.parts.get(userId)
  return part && part.leftChange === null ? part : null
}

export const presentParts = (session: SessionRow): PartRow[] =>
  [...session.parts.values()].filter(part => part.leftChange === null)

export const heldBy = (state: State, operatorId: string): SessionRow[] =>
  [...state.sessions.values()].filter(s => s.status === 'active' && s.operatorId === operatorId)

export const isConnected = (state: State, userId: string): boolean =>
  [...state.leases.values()].some(lease => lease.userId === userId)
