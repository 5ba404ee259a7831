import { demand } from '../access/may.ts'
import type { Handler } from '../node/handler.ts'

export const statsDesk: Handler<'stats.desk'> = async ({ store }, { caller }) => {
  demand(caller, ['staff', 'key'])
  return await store.deskStats()
}
