import { GROUP_MAX } from '@parley/contracts'
import { mayWrite } from '../../friend/bond.ts'
import type { SessionChange } from '../../ports/store/message-store.ts'
import type {
  GroupChange,
  GroupChanged,
  GroupRequest,
  GroupResult,
  SessionStore,
} from '../../ports/store/session-store.ts'
import { bondBetween } from './bonds.ts'
import { addChange, audit } from './changes.ts'
import { atFirst, join } from './parts.ts'
import { makePeople } from './person-rows.ts'
import { type PartRow, presentPart, presentParts, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'
import { newTalk } from './talks.ts'

export const groups = (state: State): Pick<Sync<SessionStore>, 'openGroup' | 'changeGroup'> => ({
  openGroup: request => openGroup(state, request),
  changeGroup: change => changeGroup(state, change),
})

export const ownerOf = (session: SessionRow): PartRow | undefined =>
  presentParts(session).find(({ role }) => role === 'owner')

type What<K extends GroupChange['what']['kind']> = Extract<GroupChange['what'], { kind: K }>
type Bringing = Pick<What<'add'>, 'friendsOf' | 'anyone' | 'makesPeople'>
type Refusal = Extract<GroupChanged, { kind: 'refused' }>

const refused = <C extends Refusal['code']>(code: C) => ({ kind: 'refused', code }) as const
const same = { kind: 'same' } as const

function openGroup(state: State, request: GroupRequest): GroupResult {
  const { id, name, ownerId, userIds, showsHistory } = request
  const others = userIds.filter(userId => userId !== ownerId)
  const problem =
    bringing(state, [ownerId], { ...request, friendsOf: null }) ?? bringing(state, others, request)
  if (problem) return problem
  const session = newTalk(state, { id, type: 'group', name, showsHistory })
  join(session, ownerId, 'owner', atFirst(session))
  for (const userId of others) join(session, userId, 'member', atFirst(session))
  audit(state, request.audit, 'session.group', id)
  return { kind: 'opened', sessionId: id }
}

/** Why these can't be brought in (G4); null: they can, and are known. */
function bringing(state: State, userIds: readonly string[], { friendsOf, anyone, makesPeople }: Bringing) {
  if (makesPeople) makePeople(state, userIds)
  if (userIds.some(userId => !state.people.has(userId))) return refused('not_found')
  const strangers =
    friendsOf !== null &&
    userIds.some(userId => !mayWrite(bondBetween(state, friendsOf, userId, false), anyone))
  return strangers ? refused('not_friends') : null
}

function changeGroup(state: State, change: GroupChange): GroupChanged {
  const { sessionId, byId, what } = change
  const session = state.sessions.get(sessionId)
  const by = byId === null ? null : presentPart(session, byId)
  if (!session || (byId !== null && !by)) return refused('not_found')
  if (session.type !== 'group') return refused('conflict')
  const ownPart = what.kind === 'remove' && what.userId === byId
  if (by && by.role !== 'owner' && !ownPart) return refused('forbidden')
  switch (what.kind) {
    case 'add':
      return add(state, session, change, what)
    case 'remove':
      return remove(state, session, change, what)
    case 'update':
      return update(state, session, change, what)
  }
}

function changed(
  state: State,
  session: SessionRow,
  { audit: by }: GroupChange,
  action: string,
  what: SessionChange,
): GroupChanged {
  audit(state, by, action, session.id)
  return { kind: 'changed', change: addChange(state, session, what), what }
}

function add(state: State, session: SessionRow, change: GroupChange, what: What<'add'>): GroupChanged {
  const added = [...new Set(what.userIds)].filter(userId => !presentPart(session, userId))
  const problem = bringing(state, added, what)
  if (problem) return problem
  if (added.length === 0) return same
  if (presentParts(session).length + added.length > GROUP_MAX) return refused('conflict')
  const coming = { joinedChange: session.lastChange + 1, joinedAt: state.now() }
  for (const userId of added) join(session, userId, 'member', coming)
  passOn(session)
  return changed(state, session, change, 'session.add-participants', {
    kind: 'participants',
    added,
    removed: [],
  })
}

function remove(
  state: State,
  session: SessionRow,
  change: GroupChange,
  { userId }: What<'remove'>,
): GroupChanged {
  const part = presentPart(session, userId)
  if (!part) return refused('not_found')
  part.leftChange = session.lastChange + 1
  part.role = 'member'
  passOn(session)
  return changed(state, session, change, 'session.remove-participant', {
    kind: 'participants',
    added: [],
    removed: [userId],
  })
}

/** Without an owner the one who has been there longest owns it (G9). */
function passOn(session: SessionRow): void {
  const [longest] = presentParts(session)
  if (longest && !ownerOf(session)) longest.role = 'owner'
}

function update(state: State, session: SessionRow, change: GroupChange, what: What<'update'>): GroupChanged {
  const [owner, next] = [
    ownerOf(session),
    what.ownerId === undefined ? undefined : presentPart(session, what.ownerId),
  ]
  if (next === null) return refused('not_found')
  const { name = session.name, showsHistory = session.showsHistory } = what
  const handsOn = next !== undefined && next !== owner
  if (name === session.name && showsHistory === session.showsHistory && !handsOn) return same
  Object.assign(session, { name, showsHistory })
  if (handsOn) {
    if (owner) owner.role = 'member'
    next.role = 'owner'
  }
  return changed(state, session, change, 'session.update', { kind: 'updated' })
}
