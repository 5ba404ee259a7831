import { Failure, type FriendRequest, type Input } from '@parley/contracts'
import type { Person } from '../access/caller.ts'
import { invalid } from '../access/invalid.ts'
import { accountOf } from '../access/person-of.ts'
import type { Deps, Handler } from '../node/handler.ts'
import { asStranger } from '../user/stranger.ts'
import { tellAsked, tellBefriended } from './announce.ts'
import { numberOf } from './number-of.ts'

export const friendAsk: Handler<'friend.request'> = async (deps, context, input) => {
  const { store, bus, ids } = deps
  const caller = accountOf(context.caller)
  const toId = await askedId(deps, caller, input)
  const message = input.message ?? null
  const result = await store.ask({ id: ids.next(), fromId: caller.userId, toId, message })
  if (result.kind === 'refused')
    throw new Failure(result.code, result.code === 'conflict' ? { reason: 'friend' } : {})
  if (result.kind === 'befriended') tellBefriended(bus, result.pair)
  else if (result.shown) tellAsked(bus, ofStranger(result.shown))
  return ofStranger(result.request)
}

/** The other one as somebody sees it who is no friend. */
export const ofStranger = (request: FriendRequest): FriendRequest => ({
  ...request,
  user: asStranger(request.user),
})

async function askedId(
  deps: Deps,
  { userId }: Person,
  { userId: named, phone }: Input<'friend.request'>,
): Promise<string> {
  const asked = named ?? (await idByPhone(deps, userId, phone ?? ''))
  if (asked === userId) throw invalid(named === undefined ? 'phone' : 'userId', 'must be another person')
  return asked
}

/** One's own number finds oneself here. */
async function idByPhone(deps: Deps, readerId: string, text: string): Promise<string> {
  const phone = numberOf(deps, text)
  const [found] = await deps.store.findPeople({ phone }, readerId, 1)
  if (found) return found.id
  const [reader] = await deps.store.peopleById([readerId], { kind: 'peers', of: readerId }, true)
  if (reader?.phone !== phone) throw new Failure('not_found')
  return readerId
}
