import { Failure } from '@parley/contracts'
import { seesContacts, sightOf } from '../access/sight.ts'
import type { Handler } from '../node/handler.ts'
import { withOwnContacts } from './own-contacts.ts'

export const userGet: Handler<'user.get'> = async ({ store, settings }, { caller }, { userId }) => {
  const found = await store.peopleById([userId], sightOf(caller, settings), seesContacts(caller))
  const [user] = await withOwnContacts(store, caller, found)
  if (!user) throw new Failure('not_found')
  return user
}
