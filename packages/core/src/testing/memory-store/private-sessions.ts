import { mayWrite } from '../../friend/bond.ts'
import type { PrivateRequest, PrivateResult, SessionStore } from '../../ports/store/session-store.ts'
import { bondBetween, privateRow, renewBond } from './bonds.ts'
import { audit } from './changes.ts'
import { atFirst, join } from './parts.ts'
import { makePeople } from './person-rows.ts'
import { pairKey, type SessionRow, type State } from './state.ts'
import type { Sync } from './sync.ts'
import { newTalk } from './talks.ts'

export const privateSessions = (
  state: State,
): Pick<Sync<SessionStore>, 'openPrivate' | 'privateSession'> => ({
  openPrivate: request => openPrivate(state, request),
  privateSession: (userId, otherId) => privateRow(state, userId, otherId)?.id ?? null,
})

function openPrivate(state: State, request: PrivateRequest): PrivateResult {
  const [a, b] = request.userIds
  if (request.makesPeople) makePeople(state, [a, b])
  if (!state.people.has(a) || !state.people.has(b)) return { kind: 'refused', code: 'not_found' }
  const old = privateRow(state, a, b)
  if (old) return answerWith(state, old, request)
  const { bringsTogether, anyone } = request
  const bond = bondBetween(state, a, b, bringsTogether)
  if (!bringsTogether && !mayWrite(bond, anyone)) return { kind: 'refused', code: 'not_friends' }
  const session = newTalk(state, { id: request.id, type: 'private', bond, together: bringsTogether })
  state.pairs.set(pairKey(a, b), session.id)
  for (const userId of [a, b]) join(session, userId, 'member', atFirst(session))
  audit(state, request.audit, 'session.private', session.id)
  return { kind: 'opened', sessionId: session.id, created: true }
}

/** As it is, but that it may bring its two together (G3). */
function answerWith(state: State, session: SessionRow, request: PrivateRequest): PrivateResult {
  if (request.bringsTogether && !session.together) {
    session.together = true
    renewBond(state, ...request.userIds)
    audit(state, request.audit, 'session.private', session.id)
  }
  return { kind: 'opened', sessionId: session.id, created: false }
}
