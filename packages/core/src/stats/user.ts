import { Failure } from '@parley/contracts'
import { sightOfPerson } from '../access/sight.ts'
import { whoseSessions } from '../access/whose.ts'
import type { Handler } from '../node/handler.ts'

const JUST_COUNT = { limit: 1, skip: 0 }

export const statsUser: Handler<'stats.user'> = async ({ store, settings }, { caller }, input) => {
  const { userId } = whoseSessions(caller, input.userId)
  const person = await store.person(userId)
  if (!person) throw new Failure('not_found')
  const sight = sightOfPerson(userId, person.role, settings)
  const [figures, online] = await Promise.all([
    store.userStats(userId),
    store.people(sight, { online: true }, JUST_COUNT, false),
  ])
  return { ...figures, onlineUsers: online.total }
}
