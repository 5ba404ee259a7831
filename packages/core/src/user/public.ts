import { Failure } from '@parley/contracts'
import { accountOf } from '../access/person-of.ts'
import type { Handler } from '../node/handler.ts'
import { asSeen } from './stranger.ts'

export const userPublic: Handler<'user.public'> = async (deps, context, { userId }) => {
  const caller = accountOf(context.caller)
  const found = await deps.store.peopleById([userId], { kind: 'accounts' }, false)
  const [user] = await asSeen(deps, caller, found)
  if (!user) throw new Failure('not_found')
  return user
}
