import { toWireFriend, toWireFriendRequest, toWireUser } from '@parley/contracts/spelling'
import { ParleyError } from '../errors.ts'
import { type Asked, type Handlers, paged } from './sim-asked.ts'
import { simUser } from './sim-people.ts'
import type { SimServer } from './sim-server.ts'

const onlineUsers = (server: SimServer) =>
  [...new Set([...server.peers].map(({ me }) => me.id))].map(id =>
    simUser(id, { status: server.statusOf(id) }),
  )

function kept({ form }: Asked): File {
  const file = form?.get('file')
  if (!(file instanceof File)) throw new ParleyError('validation_failed')
  if (file.type === 'text/html') throw new ParleyError('unsupported_media_type')
  return file
}

const signedIn = (server: SimServer, id: string) => ({ ...server.signIn(id), user: toWireUser(simUser(id)) })

/** People, friends, files and logins. */
export const ACCOUNT_HANDLERS: Handlers = {
  'POST /api/files': (server, asked) => {
    asked.me()
    const { name, size, type } = kept(asked)
    server.files.push(name)
    const id = `file-${server.files.length}`
    const about = { mimeType: type, width: null, height: null, durationMs: null, thumbnailUrl: null }
    const file = { id, _id: id, fileUrl: `/files/${id}`, fileName: name, fileSize: size, ...about }
    return { data: file, status: 201 }
  },
  'POST /api/user/avatar': (_server, asked) => {
    kept(asked)
    return { data: toWireUser(simUser(asked.me().id, { avatar: '/files/avatar' })) }
  },
  'GET /api/user/profile': (_server, { me }) => ({ data: toWireUser(simUser(me().id)) }),
  'GET /api/chat/users': (server, { query }) => paged(server.everyone(), query, toWireUser),
  'GET /api/chat/users/online': server => ({ data: onlineUsers(server).map(toWireUser) }),
  'GET /api/users/:userId': (server, { id }) => {
    const user = server.everyone().find(person => person.id === id)
    if (!user) throw new ParleyError('not_found')
    return { data: toWireUser(user) }
  },
  'GET /api/user/search': (server, { query }) => ({
    data: server
      .everyone()
      .filter(({ nickname }) => nickname?.includes(String(query.get('keyword'))))
      .map(toWireUser),
  }),
  'GET /api/friend/list': ({ friends }, { me }) => ({ data: friends.list(me().id).map(toWireFriend) }),
  'GET /api/friend/requests': ({ friends }, { me }) => ({
    data: friends.requests(me().id, 'others').map(toWireFriendRequest),
  }),
  'GET /api/friend/sent': ({ friends }, { me }) => ({
    data: friends.requests(me().id, 'me').map(toWireFriendRequest),
  }),
  'GET /api/friend/blocked': ({ friends }, { me }) => ({
    data: friends.blocked(me().id).map(id => toWireUser(simUser(id))),
  }),
  'GET /api/friend/search': (_server, { query }) => ({
    data: [toWireUser(simUser(`owner of ${query.get('phone')}`))],
  }),
  'POST /api/friend/request': ({ friends }, { me, body }) => {
    const message = (body['message'] as string | undefined) ?? null
    return { data: toWireFriendRequest(friends.ask(me().id, String(body['userId']), message)) }
  },
  'POST /api/friend/accept/:friendId': ({ friends }, { me, id }) => ({
    data: toWireFriend(friends.accept(me().id, id)),
  }),
  'POST /api/friend/reject/:friendId': ({ friends }, { me, id }) => {
    friends.drop(id, me().id)
    return { data: { friendId: id } }
  },
  'DELETE /api/friend/request/:friendId': ({ friends }, { me, id }) => {
    friends.drop(me().id, id)
    return { data: { friendId: id } }
  },
  'PUT /api/friend/:friendId/remark': ({ friends }, { me, id, body }) => ({
    data: toWireFriend(friends.call(me().id, id, String(body['remark']))),
  }),
  'POST /api/friend/block/:userId': ({ friends }, { me, id }) => {
    friends.block(me().id, id)
    return { data: { userId: id } }
  },
  'DELETE /api/friend/block/:userId': ({ friends }, { me, id }) => {
    friends.unblock(me().id, id)
    return { data: { userId: id } }
  },
  'DELETE /api/friend/:friendId': ({ friends }, { me, id }) => {
    friends.part(me().id, id)
    return { data: { friendId: id } }
  },
  'POST /api/auth/send-verification-code': () => ({ data: { expiresIn: 300, retryAfter: 60 } }),
  'POST /api/auth/verify-code': (server, { body }) => {
    if (body['code'] !== '123456') throw new ParleyError('unauthorized')
    return { data: { ...signedIn(server, String(body['nickname'] ?? body['phone'])), isNewUser: true } }
  },
  'POST /api/auth/login': (server, { body }) => ({
    data: { ...signedIn(server, String(body['username'])), isNewUser: false },
  }),
  'POST /api/auth/refresh-token': (server, { body }) => {
    const id = server.refresh(String(body['refreshToken']))
    return { data: { ...signedIn(server, id), isNewUser: false } }
  },
  'POST /api/auth/logout': (server, { token }) => {
    server.signOut(token ?? '')
    return { data: { loggedOut: true } }
  },
}
