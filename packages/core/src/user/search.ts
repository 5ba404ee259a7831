import type { User } from '@parley/contracts'
import type { Person } from '../access/caller.ts'
import { accountOf } from '../access/person-of.ts'
import type { Deps, Handler } from '../node/handler.ts'
import { asSeen } from './stranger.ts'

/** The most people that one search finds. */
const FOUND_MAX = 20

export const userSearch: Handler<'user.search'> = async (deps, context, { keyword }) => {
  const caller = accountOf(context.caller)
  const text = keyword.trim()
  if (text === '') return []
  const found = [...(await byPhone(deps, caller, text)), ...(await byNickname(deps, caller, text))]
  const each = new Map(found.map(person => [person.id, person]))
  return asSeen(deps, caller, [...each.values()].slice(0, FOUND_MAX))
}

function byPhone({ store, phoneNumber }: Deps, { userId }: Person, text: string): Promise<User[]> {
  const phone = phoneNumber(text)
  return phone === null ? Promise.resolve([]) : store.findPeople({ phone }, userId, FOUND_MAX)
}

const byNickname = ({ store }: Deps, { userId }: Person, nickname: string): Promise<User[]> =>
  store.findPeople({ nickname }, userId, FOUND_MAX)
