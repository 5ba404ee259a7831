import type { WireMessage, WireSession, WireUser } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { type Ear, useEars } from '../support/ear.ts'
import { ask, refusal } from '../support/http.ts'
import { adminToken, type Identity } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const

/** api.md §4 and §6: fetch and socket.io-client, and nothing of ours. */
describe.skipIf(!HAS_DATABASE)('chat', () => {
  const at = useServer()
  const open = useEars(at)
  let numbers = 0
  const person = async (role = 'user'): Promise<Identity> => {
    numbers += 1
    const id = `${role}-${numbers}`
    const body = { id, username: id, password: `the password of ${id}`, realName: `The ${id}`, role }
    expect((await ask<WireUser>(at.server, 'POST /api/users', KEY, body)).status).toBe(201)
    const login = { username: id, password: body.password }
    const signedIn = await ask<{ token: string }>(at.server, 'POST /api/auth/login', {}, login)
    return { token: signedIn.body.data.token, userId: id }
  }
  const join = async (who: Identity): Promise<Ear> => {
    const ear = await open(who)
    await ear.call('user:join', { id: who.userId })
    return ear
  }
  const together = async (one: Identity, other: Identity): Promise<WireSession> =>
    (
      await ask<WireSession>(at.server, 'POST /api/chat/sessions/private', KEY, {
        userId1: one.userId,
        userId2: other.userId,
      })
    ).body.data

  it('users: made, brought up to date, found, and shown to whom they may be', async () => {
    const { server } = at
    const made = await ask<WireUser>(server, 'POST /api/users', KEY, {
      id: 'emp-7',
      username: 'li.na',
      password: 'a long password',
      realName: '李娜',
      email: 'li.na@example.com',
      phone: '+8613812345678',
      role: 'nurse',
    })
    expect([made.status, made.body.data]).toMatchObject([
      201,
      { _id: 'emp-7', role: 'nurse', realName: '李娜' },
    ])
    const again = await ask<WireUser>(server, 'POST /api/users', KEY, {
      id: 'emp-7',
      realName: '李娜（夜班）',
    })
    expect([again.status, again.body.data]).toMatchObject([
      200,
      { realName: '李娜（夜班）', username: 'li.na', email: 'li.na@example.com', role: 'nurse' },
    ])
    expect(
      await refusal(
        ask(server, 'POST /api/users', KEY, { id: 'x1', username: 'li.na', password: '12345678' }),
      ),
    ).toBe('409 conflict')
    for (const id of ['search', 'online', 'a/b'])
      expect(await refusal(ask(server, 'POST /api/users', KEY, { id }))).toBe('400 validation_failed')
    const [admin, user] = [await adminToken(server), await person()]
    expect(await refusal(ask(server, 'POST /api/users', user, { id: 'x2' }))).toBe('403 forbidden')
    const all = await ask<WireUser[]>(server, 'GET /api/users?limit=100', admin)
    expect(all.body.data.find(({ id }) => id === 'emp-7')).toMatchObject({ phone: '+8613812345678' })
    expect(all.body.pagination.total).toBe(all.body.data.length)
    expect((await ask<WireUser>(server, 'GET /api/users/emp-7', admin)).body.data.username).toBe('li.na')
    const mine = await ask<WireUser[]>(server, 'GET /api/chat/users', user)
    expect(mine.body.data.map(({ id }) => id)).toEqual([user.userId])
    expect(await refusal(ask(server, 'GET /api/users/emp-7', user))).toBe('404 not_found')
    const signedIn = await ask(
      server,
      'POST /api/auth/login',
      {},
      { username: 'li.na', password: 'a long password' },
    )
    expect(signedIn.status).toBe(200)
  })

  it('an operator who is made this way joins the pool, a nurse does not', async () => {
    const [operator, nurse] = [await person('operator'), await person('nurse')]
    const { body } = await ask<{ id: string }[]>(at.server, 'GET /api/operators', KEY)
    const ids = body.data.map(({ id }) => id)
    expect([ids.includes(operator.userId), ids.includes(nurse.userId)]).toEqual([true, false])
  })

  it('private session: one for two, and only for those who may', async () => {
    const { server } = at
    const [wei, min, nurse] = [await person(), await person(), await person('nurse')]
    const body = { userId1: wei.userId, userId2: min.userId }
    expect(await refusal(ask(server, 'POST /api/chat/sessions/private', wei, body))).toBe('403 not_friends')
    expect(
      await refusal(ask(server, 'POST /api/chat/messages', wei, { receiverId: min.userId, content: 'x' })),
    ).toBe('403 not_friends')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        ask<WireSession>(
          server,
          'POST /api/chat/sessions/private',
          KEY,
          n % 2 ? body : { userId1: min.userId, userId2: wei.userId },
        ),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 201])
    expect(new Set(answers.map(answer => answer.body.data.id)).size).toBe(1)
    expect(answers[0]?.body.data).toMatchObject({
      sessionType: 'private',
      participants: expect.arrayContaining([wei.userId, min.userId]),
    })
    const sent = await ask<WireMessage>(server, 'POST /api/chat/messages', wei, {
      receiverId: min.userId,
      content: 'Hi',
    })
    expect([sent.status, sent.body.data.sessionId]).toEqual([201, answers[0]?.body.data.id])
    expect(
      (
        await ask(server, 'POST /api/chat/sessions/private', wei, {
          userId1: wei.userId,
          userId2: nurse.userId,
        })
      ).status,
      'one of them is staff',
    ).toBe(201)
    expect(
      await refusal(
        ask(server, 'POST /api/chat/sessions/private', wei, { userId1: min.userId, userId2: nurse.userId }),
      ),
    ).toBe('403 forbidden')
    expect(
      await refusal(
        ask(server, 'POST /api/chat/sessions/private', wei, { userId1: wei.userId, userId2: wei.userId }),
      ),
    ).toBe('400 validation_failed')
    const theirs = await ask<WireSession[]>(server, `GET /api/chat/sessions/${wei.userId}`, wei)
    expect(theirs.body.data.map(({ id }) => id)).toContain(sent.body.data.sessionId)
    expect(await refusal(ask(server, `GET /api/chat/sessions/${wei.userId}`, min))).toBe(
      '403 identity_mismatch',
    )
  })

  it('over Socket.IO: join, send, hear, read, type, count, history', async () => {
    const [wei, min] = [await person(), await person()]
    const { id: sessionId } = await together(wei, min)
    const [his, hers] = [await join(wei), await join(min)]
    expect((await his.hears('user:joined')).user.id).toBe(wei.userId)
    expect(await his.hears('user:status', ({ userId }) => userId === min.userId)).toMatchObject({
      status: 'online',
    })
    const otherDevice = await join(wei)

    his.socket.emit('typing:start', { sessionId })
    expect(await hers.hears('typing:start')).toMatchObject({ sessionId, userId: wei.userId })
    his.socket.emit('typing:stop', { sessionId })
    await hers.hears('typing:stop')

    const ack = await his.call<{ message: WireMessage }>('message:send', {
      receiverId: min.userId,
      content: 'Hello',
      clientMessageId: 'c-1',
    })
    expect(ack).toMatchObject({ ok: true, message: { sessionId, content: 'Hello', seq: 1, status: 'sent' } })
    for (const ear of [his, otherDevice])
      expect((await ear.hears('message:sent')).message).toMatchObject({
        id: ack.message.id,
        clientMessageId: 'c-1',
      })
    expect((await hers.hears('message:receive')).message).toMatchObject({
      id: ack.message.id,
      senderId: wei.userId,
    })
    await his.hears('message:status', ({ status }) => status === 'delivered')

    const unread = await hers.call<{ data: { unreadCount: number } }>('unread:count')
    expect(unread.data.unreadCount).toBe(1)
    expect(await hers.hears('unread:count')).toEqual({
      success: true,
      data: { unreadCount: 1, sessions: { [sessionId]: 1 } },
    })
    await hers.call('message:read', { messageId: ack.message.id })
    expect(await his.hears('message:read')).toMatchObject({
      messageId: ack.message.id,
      userId: min.userId,
      seq: 1,
    })
    await his.hears('message:status', ({ status }) => status === 'read')
    const { body } = await ask<WireMessage[]>(at.server, `GET /api/chat/messages/${sessionId}`, wei)
    expect(body.data[0]).toMatchObject({ status: 'read', readBy: [{ user: min.userId }], readByCount: 1 })

    his.socket.emit('chat:history', { sessionId, limit: 10 })
    expect(await his.hears('chat:history')).toMatchObject({ success: true, data: [{ content: 'Hello' }] })
    const online = await new Promise<WireUser[]>(resolve => his.socket.emit('users:online', resolve))
    expect(online.map(({ id }) => id).sort()).toEqual([min.userId, wei.userId].sort())
    his.socket.emit('users:online')
    expect((await his.hears('users:online')).length).toBe(2)
    await hers.call('user:status:update', 'away')
    await his.hears('user:status', ({ status }) => status === 'away')
  })

  it('bad input: an error answer or an error event, and the connection stays', async () => {
    const ear = await join(await person())
    const refused = await ear.call('message:send', { content: 'x' })
    expect([refused.ok, refused.error?.code]).toEqual([false, 'validation_failed'])
    ear.socket.emit('message:send', { sessionId: 'nowhere', content: 'x' })
    expect(await ear.hears('error')).toMatchObject({ code: 'not_found', event: 'message:send' })
    const other = await ear.call('message:send', { receiverId: 'x', senderId: 'somebody', content: 'x' })
    expect(other.error?.code).toBe('identity_mismatch')
    expect((await ear.call('user:status:update', 'asleep')).error?.code).toBe('validation_failed')
    expect((await ear.call('unread:count', 'somebody')).error?.code).toBe('identity_mismatch')
    expect(ear.socket.connected).toBe(true)
  })

  it('reply, react, forward, recall, delete: everyone sees it, by its number', async () => {
    const { server } = at
    const [wei, min] = [await person(), await person()]
    const { id: sessionId } = await together(wei, min)
    const { id: elsewhere } = await together(wei, await person())
    const [his, hers] = [await join(wei), await join(min)]
    const send = async (ear: Ear, content: string, more = {}) =>
      (await ear.call<{ message: WireMessage }>('message:send', { sessionId, content, ...more })).message
    const first = await send(his, 'Lunch?')
    const reply = await send(hers, 'Yes', { replyTo: first.id })
    expect(reply.replyTo).toBe(first.id)

    const reacted = await ask<WireMessage>(server, `POST /api/chat/messages/${first.id}/reactions`, min, {
      emoji: '👍',
    })
    expect(reacted.body.data).toMatchObject({ reactions: { '👍': [min.userId] }, change: 3 })
    expect(await his.hears('message:reaction')).toMatchObject({ messageId: first.id, added: true, change: 3 })
    const back = await ask<WireMessage>(server, `POST /api/chat/messages/${first.id}/reactions`, min, {
      emoji: '👍',
    })
    expect(back.body.data.reactions).toEqual({})
    expect(
      await refusal(ask(server, `POST /api/chat/messages/${first.id}/reactions`, min, { emoji: '<b>' })),
    ).toBe('400 validation_failed')

    const forwarded = await ask<WireMessage[]>(server, `POST /api/chat/messages/${reply.id}/forward`, wei, {
      sessionIds: [elsewhere],
    })
    expect(forwarded.body.data).toMatchObject([
      { sessionId: elsewhere, content: 'Yes', senderId: wei.userId, forwardedFrom: reply.id },
    ])

    expect((await hers.call('message:recall', { messageId: first.id })).error?.code).toBe('forbidden')
    expect((await his.call('message:recall', { messageId: first.id })).ok).toBe(true)
    expect(await hers.hears('message:recalled')).toMatchObject({
      messageId: first.id,
      sessionId,
      seq: 1,
      change: 5,
    })
    expect(await refusal(ask(server, `DELETE /api/chat/messages/${reply.id}`, wei))).toBe('403 forbidden')
    expect((await ask(server, `DELETE /api/chat/messages/${reply.id}`, min)).status).toBe(200)
    await his.hears('message:recalled', ({ messageId }) => messageId === reply.id)
    const { body } = await ask<WireMessage[]>(server, `GET /api/chat/messages/${sessionId}`, wei)
    expect(body.data.map(({ recalled, content, seq }) => [recalled, content, seq])).toEqual([
      [true, '', 1],
      [true, '', 2],
    ])
    expect(his.changes(sessionId)).toEqual([1, 2, 3, 4, 5, 6])
    expect(hers.changes(sessionId)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('stats: what agrees with a count', async () => {
    const { server } = at
    const [wei, min] = [await person(), await person()]
    await together(wei, min)
    for (const content of ['one', 'two', 'three'])
      await ask(server, 'POST /api/chat/messages', wei, { receiverId: min.userId, content })
    await ask(server, 'POST /api/chat/messages', min, { receiverId: wei.userId, content: 'four' })
    const { body } = await ask(server, `GET /api/chat/stats/${wei.userId}`, wei)
    expect(body.data).toEqual({
      totalSessions: 1,
      totalMessages: 4,
      sentMessages: 3,
      receivedMessages: 1,
      unreadMessages: 1,
      onlineUsers: expect.any(Number),
    })
  })
})
