import { Failure } from '@parley/contracts'
import { personOf } from '../access/person-of.ts'
import type { CallContext } from '../node/chat-node.ts'
import type { Handler } from '../node/handler.ts'
import type { Store } from '../ports/store.ts'
import { announcePresence } from './announce-presence.ts'

export const userSetStatus: Handler<'user.set-status'> = async ({ store, bus }, context, { status }) => {
  const { userId } = personOf(context.caller)
  if (!(await isConnected(store, context, userId))) throw new Failure('conflict', { reason: 'no_connection' })
  await store.choosePresence(userId, status)
  await announcePresence(store, bus, [userId])
  const [presence] = await store.presence([userId])
  return { userId, status: presence?.status ?? status, lastSeen: presence?.lastSeen ?? null }
}

const isConnected = async (store: Store, { connection }: CallContext, userId: string): Promise<boolean> =>
  connection !== null || (await store.connected([userId])).has(userId)
