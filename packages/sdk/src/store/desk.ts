import type { LinkEvent } from '../connection/link.ts'
import type { SessionList } from '../contract-types.ts'
import type { ParleyError } from '../errors.ts'
import type { SessionAction } from '../sync/apply-event.ts'
import { createChatNews } from './chat-news.ts'
import { createChats } from './chats.ts'
import type { Core } from './core.ts'
import { createFriends } from './friends.ts'
import { createInbox } from './inbox.ts'
import { createList, type LiveList } from './lists.ts'
import { tellAll } from './observable.ts'
import { createOperators } from './operators.ts'
import { createPersons } from './persons.ts'
import { createPresence } from './presence.ts'
import type { SessionModel } from './session-model.ts'
import type { Sessions } from './sessions.ts'
import { createUnreadTotal } from './unread-total.ts'

/** What staff watch, and what people who chat have beside their sessions. */
export function createDesk(core: Core, sessions: Sessions) {
  const lists = new Map<SessionList, LiveList>()
  const list = (name: SessionList): LiveList => {
    const known = lists.get(name) ?? createList(core, name)
    lists.set(name, known)
    return known
  }
  const operators = createOperators(core, list('mine'))
  const inbox = createInbox(core)
  const persons = createPersons(core)
  const presence = createPresence(core, inbox)
  const friends = createFriends({ core, inbox, persons, presence })
  const chats = createChats({ core, inbox, persons, sessions, team: list('team') })
  const news = createChatNews(core, sessions)
  const unread = createUnreadTotal({ core, inbox, sessions })
  const watchers = new Set<(model: SessionModel, why: SessionAction | ParleyError) => void>()
  return {
    list,
    operators,
    onAction(listener: (model: SessionModel, why: SessionAction | ParleyError) => void) {
      watchers.add(listener)
      return () => void watchers.delete(listener)
    },
    persons,
    presence,
    friends: friends.api,
    chats: chats.api,
    unread: unread.observable,
    event(event: LinkEvent): boolean {
      switch (event.name) {
        case 'operator.changed':
          operators.changed(event.operator)
          return true
        case 'session.listed':
        case 'session.unlisted':
          lists.get(event.list)?.event(event)
          return true
        case 'session.opened':
          sessions.opened(event.session)
          core.emit('opened', { session: event.session })
          return true
        case 'presence.changed':
          presence.changed(event)
          friends.presenceChanged(event.userId)
          core.emit('status', { userId: event.userId, status: event.status, lastSeen: event.lastSeen })
          return true
        case 'friend.requested':
        case 'friend.added':
        case 'friend.removed':
          friends.event(event)
          return true
        default:
          return false
      }
    },
    online() {
      inbox.online()
      for (const each of lists.values()) each.online()
      operators.online()
      presence.online()
      friends.online()
      chats.online()
      unread.recount()
    },
    read(sessionId: string, seq: number) {
      for (const each of lists.values()) each.read(sessionId, seq)
      chats.changed()
      unread.changed()
    },
    changed(model: SessionModel, why: SessionAction | ParleyError) {
      news(model, why)
      tellAll(watchers, model, why)
      const { session } = model.state()
      if (session) persons.toldOf(session)
      chats.changed()
      unread.changed()
    },
    readElsewhere: unread.recount,
    reset() {
      for (const each of lists.values()) each.reset()
      operators.reset()
      persons.reset()
      presence.reset()
      friends.reset()
      chats.reset()
      unread.reset()
    },
  }
}
