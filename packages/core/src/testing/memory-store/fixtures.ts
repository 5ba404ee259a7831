import type { Role } from '@parley/contracts'
import type { TurnWrites } from '../../assignment/turn.ts'
import type { KnownFile } from '../../ports/store/file-store.ts'
import type { State } from './state.ts'

export interface NewPerson {
  readonly id: string
  readonly role: Role
  readonly name?: string
  readonly isActive?: boolean
}

export interface NewOperator {
  readonly id: string
  readonly name?: string
  readonly maxUsers?: number
}

/** A private or group session: no turn makes those. */
export interface NewTalk {
  readonly id: string
  readonly type: 'private' | 'group'
  readonly name?: string
  readonly parts: readonly { readonly userId: string; readonly visibleAfterSeq?: number }[]
}

/** What a server's other parts would have put into the store. */
export interface Fixtures {
  addPerson(person: NewPerson): void
  /** Offline, with the role `operator`. */
  addOperator(operator: NewOperator): void
  addTalk(talk: NewTalk): void
  addFile(file: KnownFile): void
  audits(): TurnWrites['audits']
}

export const fixtures = (state: State): Fixtures => ({
  addPerson: person => addPerson(state, person),
  addOperator({ id, name, maxUsers = 2 }) {
    addPerson(state, { id, role: 'operator', name: name ?? id })
    state.operators.set(id, {
      id,
      status: 'offline',
      chosenStatus: null,
      isActive: true,
      maxUsers,
      lastAssignedAt: null,
    })
  },
  addTalk: talk => addTalk(state, talk),
  addFile: file => void state.files.set(file.id, file),
  audits: () => [...state.audits],
})

function addPerson(state: State, { id, role, name, isActive = true }: NewPerson): void {
  state.people.set(id, {
    id,
    role,
    name: name ?? null,
    avatar: null,
    isActive,
    lastSeenAt: null,
    locale: null,
    timeZone: null,
  })
}

function addTalk(state: State, { id, type, name, parts }: NewTalk): void {
  const now = state.now()
  state.sessions.set(id, {
    id,
    type,
    name: name ?? null,
    status: 'active',
    subject: null,
    metadata: null,
    userId: null,
    userName: null,
    userType: null,
    operatorId: null,
    avoidOperatorId: null,
    strategy: null,
    queueNo: null,
    returned: false,
    waitingSince: null,
    assignedAt: null,
    endedAt: null,
    endedBy: null,
    endReason: null,
    lastSeq: 0,
    lastChange: 0,
    lastMessageAt: null,
    createdAt: now,
    updatedAt: now,
    parts: new Map(
      parts.map(({ userId, visibleAfterSeq = 0 }) => [
        userId,
        {
          userId,
          role: 'member',
          visibleAfterSeq,
          leftChange: null,
          deliveredSeq: visibleAfterSeq,
          readSeq: visibleAfterSeq,
          reads: [],
        },
      ]),
    ),
    messages: [],
    changes: [],
  })
}
