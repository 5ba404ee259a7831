import { type Bond, mayWrite, type PrivateRequest, type PrivateResult, type SessionStore } from '@parley/core'
import { createTalk } from './create-talk.ts'
import { bondBetween, holdPairSession, lockPair, type PairSession, pairKey, setBond } from './pair.ts'
import { makePeople } from './standing.ts'
import { type Desk, inOneStep, keepDeed, type Step } from './step.ts'

export function privateSessions(desk: Desk): Pick<SessionStore, 'openPrivate' | 'privateSession'> {
  const { prisma, siteId } = desk
  const find = (userId: string, otherId: string) =>
    prisma.session.findUnique({
      where: { siteId_pairKey: { siteId, pairKey: pairKey([userId, otherId]) } },
      select: { id: true, broughtTogether: true },
    })
  return {
    async openPrivate(request) {
      const old = await find(...request.userIds)
      return old && (old.broughtTogether || !request.bringsTogether)
        ? opened(old.id, false)
        : inOneStep(desk, pairKey(request.userIds), step => open(step, request))
    },
    privateSession: async (userId, otherId) => (await find(userId, otherId))?.id ?? null,
  }
}

const opened = (sessionId: string, created: boolean) => ({ kind: 'opened', sessionId, created }) as const

/** Pair → session → people: the order in which all that two people do is locked. */
async function open(step: Step, request: PrivateRequest): Promise<PrivateResult> {
  const { userIds: pair, makesPeople, bringsTogether, anyone } = request
  await lockPair(step, pair)
  const old = await holdPairSession(step, pair)
  if (makesPeople) await makePeople(step, pair)
  const together = bringsTogether || (old?.together ?? false)
  const bond = await bondBetween(step, pair, together)
  if (bond === null) return { kind: 'refused', code: 'not_found' }
  if (old) return answerWith(step, request, old, bond)
  if (!bringsTogether && !mayWrite(bond, anyone)) return { kind: 'refused', code: 'not_friends' }
  const { id, audit } = request
  const talk = { id, type: 'private', pairKey: pairKey(pair), bond, together } as const
  const at = await createTalk(step, talk, pair)
  await keepDeed(step, audit, { action: 'session.private', sessionId: id, at })
  return opened(id, true)
}

/** As it is, but that it may bring its two together (G3). */
async function answerWith(
  step: Step,
  { bringsTogether, audit }: PrivateRequest,
  old: PairSession,
  bond: Bond,
): Promise<PrivateResult> {
  if (bringsTogether && !old.together) {
    await setBond(step, { ...old, together: true }, bond)
    await keepDeed(step, audit, { action: 'session.private', sessionId: old.id, at: old.now })
  }
  return opened(old.id, false)
}
