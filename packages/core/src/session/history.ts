import { demand } from '../access/may.ts'
import { readerOf } from '../access/reader.ts'
import type { Handler } from '../node/handler.ts'
import { filterOf } from './filter.ts'

export const sessionHistory: Handler<'session.history'> = async (
  { store },
  { caller },
  { page, limit, ...filter },
) => {
  demand(caller, ['staff', 'key'])
  return await store.endedSessions(filterOf(filter), page, limit, readerOf(caller))
}
