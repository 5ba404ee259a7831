import type { Input } from '@parley/contracts'
import { readerOf } from '../access/reader.ts'
import type { Handler } from '../node/handler.ts'
import { readSession } from '../session/read-session.ts'
import { changeGroup } from './change.ts'

export const sessionUpdate: Handler<'session.update'> = async ({ store }, context, input) => {
  await changeGroup(store, context, input.sessionId, { kind: 'update', ...wished(input) })
  return readSession(store, input.sessionId, readerOf(context.caller))
}

const wished = ({ name, showsHistory, ownerId }: Input<'session.update'>) => ({
  ...(name !== undefined && { name }),
  ...(showsHistory !== undefined && { showsHistory }),
  ...(ownerId !== undefined && { ownerId }),
})
