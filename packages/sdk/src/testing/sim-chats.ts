import { toWireMessage, toWireSession, toWireUser } from '@parley/contracts/spelling'
import type { Message } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { type Handlers, paged } from './sim-asked.ts'
import { simUser } from './sim-people.ts'
import type { SimServer } from './sim-server.ts'

const idOf = (value: unknown) => String(value)

/** A message of a session that this one takes part in, and the session. */
function known(server: SimServer, userId: string, messageId: string) {
  for (const found of server.sessions.values()) {
    const message = found.messages.find(({ id }) => id === messageId)
    if (message && found.session.participants.includes(userId)) return { found, message }
  }
  throw new ParleyError('not_found')
}

const again = (server: SimServer, { id, sessionId }: Message) => {
  const message = server.sessions.get(sessionId)?.messages.find(other => other.id === id)
  return { data: message && toWireMessage(message) }
}

const own = (server: SimServer, userId: string) =>
  [...server.sessions.values()]
    .filter(({ session }) => session.participants.includes(userId))
    .toSorted((a, b) => (b.session.lastMessageAt ?? '').localeCompare(a.session.lastMessageAt ?? ''))

/** Private and group sessions, and what is done to messages. */
export const CHAT_HANDLERS: Handlers = {
  'POST /api/message/recall/:messageId': (server, { me, id }) => {
    const { found, message } = known(server, me().id, id)
    if (message.senderId !== me().id) throw new ParleyError('forbidden')
    if (server.recallPassed) throw new ParleyError('recall_window_passed')
    found.recall(message.seq)
    return again(server, message)
  },
  'DELETE /api/chat/messages/:messageId': (server, { me, id }) => {
    const { found, message } = known(server, me().id, id)
    found.recall(message.seq)
    return again(server, message)
  },
  'POST /api/chat/messages/:messageId/reactions': (server, { me, id, body }) => {
    const { found, message } = known(server, me().id, id)
    found.react(message.seq, me().id, String(body['emoji']))
    return again(server, message)
  },
  'POST /api/chat/messages/:messageId/forward': (server, { me, id, body }) => {
    const { message } = known(server, me().id, id)
    const clientMessageIds = body['clientMessageIds'] as string[]
    const sent = (body['sessionIds'] as string[]).map((sessionId, i) =>
      server.send(me(), sessionId, {
        text: message.text,
        file: message.file,
        type: message.type,
        forwardedFrom: message.id,
        clientMessageId: clientMessageIds[i] ?? null,
      }),
    )
    return { data: sent.map(toWireMessage), status: 201 }
  },
  'GET /api/chat/messages/search': (server, { me, query }) => {
    const sessionId = query.get('sessionId')
    const messages = own(server, me().id).flatMap(found => found.messages)
    const hits = messages
      .filter(({ text }) => text.includes(String(query.get('keyword'))))
      .filter(message => sessionId === null || message.sessionId === sessionId)
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt) || b.seq - a.seq)
    const before = hits.findIndex(({ id }) => id === query.get('before'))
    return paged(hits.slice(before + 1), query, toWireMessage)
  },
  'GET /api/message/unread-count': (server, { me }) => {
    const counts = own(server, me().id).map(found => [
      found.session.id,
      server.seenBy(found, me()).unreadCount ?? 0,
    ])
    const sessions = Object.fromEntries(counts.filter(([, count]) => Number(count) > 0)) as Record<
      string,
      number
    >
    const unreadCount = Object.values(sessions).reduce((sum, count) => sum + count, 0)
    return { data: { unreadCount, sessions } }
  },
  'GET /api/message/conversations': (server, { me, query }) =>
    paged(
      own(server, me().id).map(found => server.seenBy(found, me())),
      query,
      toWireSession,
    ),
  'POST /api/chat/sessions/private': (server, { body }) => {
    const people = [idOf(body['userId1']), idOf(body['userId2'])]
    const there = [...server.sessions.values()].find(
      ({ session }) => session.type === 'private' && people.every(id => session.participants.includes(id)),
    )
    const found = there ?? server.chat('private', people.toSorted().join('+'), people)
    return { data: toWireSession(found.told()), status: there ? 200 : 201 }
  },
  'POST /api/chat/sessions/group': (server, { me, body }) => {
    const people = [me().id, ...(body['participants'] as string[])]
    const name = String(body['sessionName'])
    return { data: toWireSession(server.chat('group', name, people, name).told()), status: 201 }
  },
  'PATCH /api/chat/sessions/:sessionId': (server, { me, id, body }) => {
    const found = server.known(id, me())
    found.update({
      name: idOf(body['sessionName'] ?? found.session.name),
      ownerId: idOf(body['ownerId'] ?? found.session.ownerId),
    })
    return { data: toWireSession(server.seenBy(found, me())) }
  },
  'GET /api/chat/sessions/:sessionId/participants': (server, { me, id, query }) => {
    const { participants, ownerId } = server.known(id, me()).session
    return paged(participants, query, userId => ({
      user: toWireUser(simUser(userId)),
      role: userId === ownerId ? 'owner' : 'member',
      joinedAt: '2026-01-01T00:00:00.000Z',
    }))
  },
  'POST /api/chat/sessions/:sessionId/participants': (server, { me, id, body }) => {
    const found = server.known(id, me())
    for (const userId of body['userIds'] as string[]) found.join(userId)
    return { data: toWireSession(server.seenBy(found, me())) }
  },
  'DELETE /api/chat/sessions/:sessionId/participants/:userId': (server, { me, params }) => {
    const { sessionId = '', userId = '' } = params
    server.known(sessionId, me()).leave(userId)
    return { data: { sessionId, userId } }
  },
}
