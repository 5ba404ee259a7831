import type { Handler } from '../node/handler.ts'
import { changeGroup } from './change.ts'

export const sessionRemove: Handler<'session.remove-participant'> = async (
  { store },
  context,
  { sessionId, userId },
) => {
  await changeGroup(store, context, sessionId, { kind: 'remove', userId })
  return { sessionId, userId }
}
