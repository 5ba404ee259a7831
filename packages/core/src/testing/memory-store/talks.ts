import type { SessionRow, State } from './state.ts'

type Talk = Pick<SessionRow, 'id' | 'type'> & Partial<SessionRow>

/** A private session or group, with nobody in it yet: no turn makes those. */
export function newTalk(state: State, talk: Talk): SessionRow {
  const now = state.now()
  const row: SessionRow = {
    name: null,
    showsHistory: false,
    bond: null,
    together: false,
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
    parts: new Map(),
    messages: [],
    changes: [],
    ...talk,
  }
  state.sessions.set(row.id, row)
  return row
}
