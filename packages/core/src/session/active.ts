import { demand } from '../access/may.ts'
import { readerOf } from '../access/reader.ts'
import type { Handler } from '../node/handler.ts'
import { filterOf } from './filter.ts'

export const sessionActive: Handler<'session.active'> = async (
  { store },
  { caller },
  { page, limit, ...filter },
) => {
  demand(caller, ['staff', 'key'])
  return await store.openSessions(filterOf(filter), page, limit, readerOf(caller))
}
