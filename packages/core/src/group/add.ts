import { readerOf } from '../access/reader.ts'
import type { Handler } from '../node/handler.ts'
import { readSession } from '../session/read-session.ts'
import { bringing } from './bringing.ts'
import { changeGroup } from './change.ts'

export const sessionAdd: Handler<'session.add-participants'> = async (
  { store, settings },
  context,
  { sessionId, userIds },
) => {
  const added = [...new Set(userIds)]
  const what = { kind: 'add', userIds: added, ...bringing(context.caller, settings) } as const
  await changeGroup(store, context, sessionId, what)
  return readSession(store, sessionId, readerOf(context.caller))
}
