import type { GroupChange, GroupChanged } from '../../ports/store/session-store.ts'
import type { Store } from '../../ports/store.ts'
import type { PartRow } from '../memory-store/state.ts'
import type { Fault, PlantedFault } from './fault.ts'

type Changed = Extract<GroupChanged, { kind: 'changed' }>

/** Does something more to a group after each change of it. */
const afterChange =
  (more: (part: PartRow, lastSeq: number) => void): Fault =>
  ({ changeGroup, rows }) => ({
    async changeGroup(change) {
      const result = await changeGroup(change)
      const session = rows.sessions.get(change.sessionId)
      for (const userId of addedBy(result)) {
        const part = session?.parts.get(userId)
        if (session && part) more(part, session.lastSeq)
      }
      return result
    },
  })

const addedBy = (result: GroupChanged): readonly string[] =>
  result.kind === 'changed' && result.what.kind === 'participants' ? result.what.added : []

async function oneByOne(store: Store, change: GroupChange): Promise<GroupChanged> {
  const { what } = change
  if (what.kind !== 'add') return store.changeGroup(change)
  const all: Changed[] = []
  for (const userId of what.userIds) {
    const result = await store.changeGroup({ ...change, what: { ...what, userIds: [userId] } })
    if (result.kind === 'changed') all.push(result)
  }
  return all.at(-1) ?? { kind: 'same' }
}

/** Of private sessions and groups. */
export const sessionFaults: readonly PlantedFault[] = [
  [
    'makes a private session for each call',
    '[G1]',
    ({ openPrivate, rows }) => ({
      openPrivate(request) {
        rows.pairs.clear()
        return openPrivate(request)
      },
    }),
  ],
  [
    'opens for any two',
    '[G2]',
    s => ({ openPrivate: request => s.openPrivate({ ...request, bringsTogether: true }) }),
  ],
  [
    'brings nobody together',
    '[G3]',
    s => ({ openPrivate: request => s.openPrivate({ ...request, bringsTogether: false, anyone: true }) }),
  ],
  [
    'makes whom nobody knows',
    '[S11]',
    s => ({ openPrivate: request => s.openPrivate({ ...request, makesPeople: true }) }),
  ],
  [
    'believes whom a message is for',
    '[M28]',
    ({ append, rows }) => ({
      async append(request) {
        const result = await append(request)
        const row = rows.messages.get(request.id)
        if (row) row.receiverId = request.receiverId
        return result
      },
    }),
  ],
  ['thinks that all may write', '[M27]', () => ({ writeRefusals: () => Promise.resolve(new Map()) })],
  [
    'brings strangers into groups',
    '[G4]',
    s => ({ openGroup: request => s.openGroup({ ...request, friendsOf: null }) }),
  ],
  [
    'finds room in a full group',
    '[G5]',
    s => ({
      async changeGroup(change) {
        const result = await s.changeGroup(change)
        return result.kind === 'refused' && result.code === 'conflict' ? { kind: 'same' } : result
      },
    }),
  ],
  [
    'lets anyone change a group',
    '[G6]',
    s => ({ changeGroup: change => s.changeGroup({ ...change, byId: null }) }),
  ],
  [
    'shows all to who comes',
    '[G7]',
    afterChange(part => {
      part.visibleAfterSeq = 0
    }),
  ],
  [
    'leaves what was before unread',
    '[G7]',
    afterChange(part => {
      part.readSeq = 0
    }),
  ],
  [
    'thinks that nobody has left',
    '[G8]',
    ({ append }) => ({ append: request => append({ ...request, mustTakePart: false }) }),
  ],
  [
    'has groups without an owner',
    '[G9]',
    s => ({
      sessions: async (ids, reader) =>
        (await s.sessions(ids, reader)).map(session => ({ ...session, ownerId: null })),
    }),
  ],
  ['counts a change for each person', '[G10]', s => ({ changeGroup: change => oneByOne(s, change) })],
  [
    'tells nobody of another name',
    '[G11]',
    s => ({
      async changeGroup(change) {
        const result = await s.changeGroup(change)
        return change.what.kind === 'update' && result.kind === 'changed' ? { kind: 'same' } : result
      },
    }),
  ],
  ['audits no group', '[G12]', s => ({ changeGroup: change => s.changeGroup({ ...change, audit: null }) })],
  [
    'audits no private session',
    '[G12]',
    s => ({ openPrivate: request => s.openPrivate({ ...request, audit: null }) }),
  ],
]
