import type { Role } from '@parley/contracts'
import type { TurnWrites } from '../../assignment/turn.ts'
import type { KnownFile } from '../../ports/store/file-store.ts'
import { newPart } from './parts.ts'
import { newPerson } from './person-rows.ts'
import { pairKey, type State } from './state.ts'
import { newTalk } from './talks.ts'

export interface NewPerson {
  readonly id: string
  readonly role: Role
  /** Its real name. */
  readonly name?: string
  readonly username?: string
  readonly nickname?: string
  readonly email?: string
  readonly phone?: string
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

function addPerson(state: State, { name, ...person }: NewPerson): void {
  state.people.set(person.id, newPerson(state, { ...person, realName: name ?? null }))
}

/** The two of a private session may write, as if an API key had brought them together. */
function addTalk(state: State, { id, type, name, parts }: NewTalk): void {
  const isPrivate = type === 'private'
  const bond = isPrivate ? 'together' : null
  const { createdAt, parts: all } = newTalk(state, {
    ...{ id, type, name: name ?? null, bond },
    together: isPrivate,
  })
  for (const { userId, visibleAfterSeq = 0 } of parts) {
    const marks = { visibleAfterSeq, deliveredSeq: visibleAfterSeq, readSeq: visibleAfterSeq }
    all.set(userId, { ...newPart(userId, 'member', { joinedChange: 0, joinedAt: createdAt }), ...marks })
  }
  const [a, b] = parts
  if (isPrivate && a && b) state.pairs.set(pairKey(a.userId, b.userId), id)
}
