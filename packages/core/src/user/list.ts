import { ONLINE_MAX } from '@parley/contracts'
import { seesContacts, sightOf } from '../access/sight.ts'
import type { Handler } from '../node/handler.ts'
import { pageOf, skipOf } from '../page-of.ts'
import { withOwnContacts } from './own-contacts.ts'

export const userList: Handler<'user.list'> = async ({ store, settings }, { caller }, input) => {
  const { search, role, limit } = input
  const filter = { ...(search !== undefined && { search }), ...(role !== undefined && { role }) }
  const place = { limit, skip: skipOf(input) }
  const { items, total } = await store.people(sightOf(caller, settings), filter, place, seesContacts(caller))
  return pageOf(await withOwnContacts(store, caller, items), total, input)
}

export const userOnline: Handler<'user.online'> = async ({ store, settings }, { caller }) => {
  const place = { limit: ONLINE_MAX, skip: 0 }
  const sight = sightOf(caller, settings)
  const { items } = await store.people(sight, { online: true }, place, seesContacts(caller))
  return withOwnContacts(store, caller, items)
}
