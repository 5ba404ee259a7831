import { ParleyError } from '../errors.ts'
import type { SessionAction } from '../sync/apply-event.ts'
import { unreadAfter } from '../sync/unread.ts'
import type { Core } from './core.ts'
import type { SessionModel } from './session-model.ts'
import type { Sessions } from './sessions.ts'

const isChat = (model: SessionModel): boolean => {
  const { session } = model.state()
  return session !== null && session.type !== 'support'
}

/** What the caller has not read; 0 of one that is closed. */
export const unreadOf = (core: Core, model: SessionModel): number =>
  model.isClosed() ? 0 : core.count(model.state(), core.me()?.id ?? null, model.readSeq())

function recalledBy(why: SessionAction): readonly string[] {
  if (why.name === 'message.recalled') return [why.messageId]
  return why.name === 'caught.up' ? why.messages.filter(({ recalled }) => recalled).map(({ id }) => id) : []
}

/** What a change of a session means to people who chat, beyond what is shown of it. */
export function createChatNews(core: Core, sessions: Sessions) {
  /** Who comes is told without a name, and where tombstones lie may be known to the server alone. */
  const isDoubtful = (model: SessionModel, why: SessionAction): boolean => {
    if (why.name === 'participants.changed') return isChat(model) && why.added.length > 0
    if (why.name !== 'message.read' || why.userId !== core.me()?.id) return false
    return !unreadAfter(model.state(), why.userId, model.readSeq()).certain
  }
  const endsHere = (model: SessionModel, why: SessionAction | ParleyError): boolean => {
    if (!isChat(model)) return false
    if (why instanceof ParleyError) return why.code === 'not_found'
    return why.name === 'participants.changed' && why.removed.includes(core.me()?.id ?? '')
  }
  return (model: SessionModel, why: SessionAction | ParleyError): void => {
    const sessionId = model.id()
    if (sessionId === null) return
    if (endsHere(model, why)) model.close('removed')
    else if (!(why instanceof ParleyError)) {
      for (const messageId of recalledBy(why)) core.emit('recalled', { messageId, sessionId })
      if (isDoubtful(model, why)) sessions.need(model)
    }
  }
}
