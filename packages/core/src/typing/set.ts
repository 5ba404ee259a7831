import { Failure } from '@parley/contracts'
import type { Person } from '../access/caller.ts'
import { accessSession } from '../access/session-access.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Hubs } from '../delivery/hubs.ts'
import { mayNotWrite } from '../friend/may-not-write.ts'
import type { Handler } from '../node/handler.ts'
import { userTypeOf } from '../presence/rooms.ts'
import type { TypingState } from './typing-state.ts'

/** Not stored, not counted. Who is known to take part by what it hears is not looked up at each key that it presses. */
export function typingSet(hubs: Hubs, state: TypingState): Handler<'typing.set'> {
  return async (deps, { caller, connection }, { sessionId, isTyping, userId: claimed }) => {
    const { store, bus } = deps
    const userId = whoActs(caller, claimed)
    if (caller.kind !== 'person') throw new Failure('forbidden')
    if (!connection || !hubs.takesPart(sessionId, connection.id))
      await accessSession(store, caller, sessionId, ['party'])
    if (!state.isNews(sessionId, userId, isTyping)) return { sessionId }
    // Answered as ever: who is blocked is not told (F8).
    if (caller.role === 'user' && (await mayNotWrite(deps, userId, sessionId))) return { sessionId }
    const happening = changed(sessionId, caller, isTyping)
    bus.publish({ kind: 'signal', sessionId, happening, except: userId })
    return { sessionId }
  }
}

const changed = (sessionId: string, { userId, role }: Person, isTyping: boolean) =>
  ({ name: 'typing.changed', data: { sessionId, userId, userType: userTypeOf(role), isTyping } }) as const
