import type { Operator } from '@parley/contracts'
import { demand } from '../access/may.ts'
import type { Handler } from '../node/handler.ts'

/** O8. */
const isOnline = ({ status }: Operator): boolean => status !== 'offline'
const isAvailable = ({ isActive, status, activeSessions, maxUsers }: Operator): boolean =>
  isActive && status === 'online' && activeSessions < maxUsers

type List = Handler<'operator.list' | 'operator.online' | 'operator.available'>

const listOf =
  (fits: (operator: Operator) => boolean): List =>
  async ({ store }, { caller }) => {
    demand(caller, ['staff', 'key'])
    return (await store.operators()).filter(fits)
  }

export const operatorList = listOf(() => true)
export const operatorOnline = listOf(isOnline)
export const operatorAvailable = listOf(isAvailable)
