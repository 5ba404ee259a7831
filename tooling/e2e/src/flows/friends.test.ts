import type { WireFriend, WireFriendRequest, WireMessage, WireSession, WireUser } from '@parley/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Frames, upgradeStatus, useFrames } from '../support/frames.ts'
import { ask, refusal } from '../support/http.ts'
import { HAS_DATABASE, type TestServer, useServer } from '../support/server.ts'

interface Phone {
  readonly token: string
  readonly userId: string
  readonly phone: string
}

/** As the phone app does it: a code by text, and a token for it. */
async function login(server: TestServer, phone: string, nickname: string): Promise<Phone> {
  await ask(server, 'POST /api/auth/send-verification-code', {}, { phone })
  const text = (await server.texts()).findLast(({ to }) => to === phone)
  const { body } = await ask<{ token: string; user: WireUser }>(
    server,
    'POST /api/auth/verify-code',
    {},
    { phone, code: text?.code, nickname },
  )
  return { token: body.data.token, userId: body.data.user.id, phone }
}

interface NewMessage {
  readonly message: WireMessage
  readonly change: number
}
const contents = (frames: Frames) =>
  frames.all<NewMessage>('new_message').map(({ message }) => message.content)

/** api.md §5 and §8: fetch and `ws`, and nothing of ours. */
describe.skipIf(!HAS_DATABASE)('friends', () => {
  const at = useServer({ CODE_LIMIT_PER_HOUR: '0' })
  const open = useFrames(at)
  let numbers = 0
  const person = (nickname: string) => {
    numbers += 1
    return login(at.server, `+86138001380${String(numbers).padStart(2, '0')}`, nickname)
  }
  const befriend = async (one: Phone, other: Phone) => {
    await ask(at.server, 'POST /api/friend/request', one, { userId: other.userId })
    await ask(at.server, `POST /api/friend/accept/${one.userId}`, other)
  }
  const list = async (who: Phone) =>
    (await ask<WireFriend[]>(at.server, 'GET /api/friend/list', who)).body.data
  const requests = async (who: Phone) =>
    (await ask<WireFriendRequest[]>(at.server, 'GET /api/friend/requests', who)).body.data

  it('find each other, ask, accept, chat over /ws, and see what was read', async () => {
    const { server } = at
    const [wei, min] = [await person('Wei'), await person('小敏')]
    const found = await ask<WireUser[]>(
      server,
      `GET /api/user/search?keyword=${encodeURIComponent('小敏')}`,
      wei,
    )
    expect(found.body.data).toMatchObject([
      { id: min.userId, _id: min.userId, nickname: '小敏', phone: null },
    ])
    const byNumber = await ask<WireUser[]>(
      server,
      `GET /api/friend/search?phone=${encodeURIComponent(min.phone)}`,
      wei,
    )
    expect(byNumber.body.data.map(({ id }) => id)).toEqual([min.userId])
    expect(JSON.stringify(byNumber.body)).not.toContain(min.phone)

    const hers = await open(min)
    const asked = await ask<WireFriendRequest>(server, 'POST /api/friend/request', wei, {
      phone: min.phone,
      message: 'We met in Chengdu',
    })
    expect(asked.body.data).toMatchObject({ userId: wei.userId, message: 'We met in Chengdu' })
    await hers.hears('friend:request')
    const again = await ask<WireFriendRequest>(server, 'POST /api/friend/request', wei, {
      userId: min.userId,
    })
    expect(again.body.data.id, 'twice is one request').toBe(asked.body.data.id)
    expect(await requests(min)).toMatchObject([
      { userId: wei.userId, user: { id: wei.userId, nickname: 'Wei', phone: null } },
    ])
    expect(await requests(wei)).toEqual([])

    const his = await open(wei)
    const accepted = await ask<WireFriend>(server, `POST /api/friend/accept/${wei.userId}`, min)
    expect(accepted.body.data).toMatchObject({ id: wei.userId, friendId: wei.userId, remark: null })
    await his.hears('friend:added')
    expect((await list(wei)).map(({ friendId }) => friendId)).toEqual([min.userId])

    his.send('text_message', { receiverId: min.userId, content: '你好！', clientMessageId: 'a' }, 7)
    const sent = await his.hears<{ clientMessageId: string; message: WireMessage }>('message_sent')
    expect(sent).toMatchObject({
      clientMessageId: 'a',
      message: { content: '你好！', seq: 1, receiverId: min.userId },
    })
    expect(his.heard.find(({ type }) => type === 'message_sent')?.id).toBe(7)
    const got = await hers.hears<NewMessage>('new_message')
    expect(got).toMatchObject({ change: 1, message: { id: sent.message.id, senderId: wei.userId } })
    await his.hears('message:status', ({ status }) => status === 'delivered')

    hers.send('message_read', { friendId: wei.userId, messageId: got.message.id })
    expect(await his.hears('message_read')).toMatchObject({
      sessionId: got.message.sessionId,
      userId: min.userId,
      seq: 1,
    })
    hers.send('text_message', { receiverId: wei.userId, content: 'Hi' })
    await his.hears<NewMessage>('new_message', ({ message }) => message.content === 'Hi')
    const unread = await ask<{ unreadCount: number }>(server, 'GET /api/message/unread-count', wei)
    expect(unread.body.data.unreadCount).toBe(1)
    const read = await ask<{ unreadCount: number }>(server, `POST /api/message/read/${min.userId}`, wei)
    expect(read.body.data.unreadCount).toBe(0)
    const history = await ask<WireMessage[]>(server, `GET /api/message/history/${min.userId}`, wei)
    expect(history.body.data.map(({ content }) => content)).toEqual(['你好！', 'Hi'])
    const talks = await ask<WireSession[]>(server, 'GET /api/message/conversations', wei)
    expect(talks.body.data).toMatchObject([
      { sessionType: 'private', lastMessage: { content: 'Hi' }, unreadCount: 0 },
    ])
  })

  it('are friends at once where both ask, also in the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await person('One'), await person('Other')]
      await Promise.all([
        ask(at.server, 'POST /api/friend/request', one, { userId: other.userId }),
        ask(at.server, 'POST /api/friend/request', other, { userId: one.userId }),
      ])
      expect([(await list(one)).length, (await list(other)).length]).toEqual([1, 1])
      expect([await requests(one), await requests(other)]).toEqual([[], []])
    }
  })

  it('may be turned down, named, removed; each sees what it may', async () => {
    const { server } = at
    const [wei, min] = [await person('Wei'), await person('Min')]
    await ask(server, 'POST /api/friend/request', wei, { userId: min.userId })
    expect((await ask(server, `POST /api/friend/reject/${wei.userId}`, min)).status).toBe(200)
    expect(await refusal(ask(server, `POST /api/friend/accept/${wei.userId}`, min))).toBe('404 not_found')
    await befriend(wei, min)
    const remark = await ask<WireFriend>(server, `PUT /api/friend/${min.userId}/remark`, wei, {
      remark: 'Min (Chengdu)',
    })
    expect(remark.body.data.remark).toBe('Min (Chengdu)')
    expect((await list(wei))[0]?.remark).toBe('Min (Chengdu)')
    expect((await list(min))[0]?.remark).toBeNull()
    const { body } = await ask<WireUser>(server, `GET /api/user/${min.userId}`, wei)
    expect(body.data).toMatchObject({ id: min.userId, nickname: 'Min', phone: null, email: null })

    const his = await open(wei)
    his.send('text_message', { receiverId: min.userId, content: 'before' })
    const { message } = await his.hears<NewMessage>('message_sent')
    expect((await ask(server, `DELETE /api/friend/${wei.userId}`, min)).status).toBe(200)
    await his.hears('friend:removed')
    for (const to of [{ receiverId: min.userId }, { sessionId: message.sessionId }]) {
      const refused = await his.call<{ code: string }>('text_message', { ...to, content: 'after' })
      expect([refused.type, refused.data.code]).toEqual(['error', 'not_friends'])
      expect(await refusal(ask(server, 'POST /api/chat/messages', wei, { ...to, content: 'after' }))).toBe(
        '403 not_friends',
      )
    }
    const history = await ask<WireMessage[]>(server, `GET /api/message/history/${min.userId}`, wei)
    expect(
      history.body.data.map(({ content }) => content),
      'what was written stays',
    ).toEqual(['before'])
  })

  it('can be blocked: they can neither write nor ask, and are not told', async () => {
    const { server } = at
    const [wei, min, stranger] = [await person('Wei'), await person('Min'), await person('Tom')]
    await befriend(wei, min)
    const pair = { userId1: wei.userId, userId2: min.userId }
    await ask(server, 'POST /api/chat/sessions/private', wei, pair)
    expect((await ask(server, `POST /api/friend/block/${wei.userId}`, min)).status).toBe(200)
    const refused = (to: Phone, by: Phone) =>
      ask(server, 'POST /api/chat/messages', by, { receiverId: to.userId, content: 'x' })
    const [blocked, unknown] = [await refused(min, wei), await refused(min, stranger)]
    expect([blocked.status, blocked.body.error, blocked.body.message]).toEqual([
      unknown.status,
      unknown.body.error,
      unknown.body.message,
    ])
    await ask(server, `POST /api/friend/block/${stranger.userId}`, min)
    const asked = await ask(server, 'POST /api/friend/request', stranger, { userId: min.userId })
    expect(asked.status, 'as ever').toBe(200)
    expect(await requests(min)).toEqual([])
    const [his, hers] = [await open(wei), await open(min)]
    const { body } = await ask<WireSession[]>(server, 'GET /api/message/conversations', wei)
    const sessionId = body.data[0]?.id
    expect((await his.call('typing:start', { sessionId })).type, 'as ever').toBe('ack')
    await ask(server, `DELETE /api/friend/block/${wei.userId}`, min)
    expect((await refused(min, wei)).status).toBe(201)
    await hers.hears('new_message')
    expect(hers.all('typing:start')).toEqual([])
  })

  it('recall within two minutes, for everyone and everywhere', async () => {
    const { server } = at
    const [wei, min] = [await person('Wei'), await person('Min')]
    await befriend(wei, min)
    const [his, hers] = [await open(wei), await open(min)]
    his.send('text_message', { receiverId: min.userId, content: 'the secret word' })
    const { message } = await hers.hears<NewMessage>('new_message')
    hers.send('message_recall', { messageId: message.id }, 1)
    expect(await hers.hears('recall_failed')).toEqual({ messageId: message.id, reason: 'forbidden' })
    his.send('message_recall', { messageId: message.id }, 2)
    expect(await his.hears('recall_success')).toEqual({ messageId: message.id })
    expect(await hers.hears('message_recalled')).toMatchObject({
      messageId: message.id,
      sessionId: message.sessionId,
      seq: 1,
      change: 2,
    })
    his.send('message_recall', { messageId: '0193f2a1-0000-7000-8000-000000000000' })
    expect(await his.hears('recall_failed')).toMatchObject({ reason: 'not_found' })
    const history = await ask<WireMessage[]>(server, `GET /api/message/history/${wei.userId}`, min)
    expect(history.body.data).toMatchObject([{ id: message.id, recalled: true, content: '', seq: 1 }])
    const found = await ask<WireMessage[]>(
      server,
      `GET /api/chat/messages/search?userId=${min.userId}&keyword=secret`,
      min,
    )
    expect(found.body.data).toEqual([])
    const talks = await ask(server, 'GET /api/message/conversations', min)
    expect(JSON.stringify(talks.body)).not.toContain('secret')
  })

  it('hear who comes and goes', async () => {
    const [wei, min] = [await person('Wei'), await person('Min')]
    await befriend(wei, min)
    const his = await open(wei)
    const hers = await open(min)
    expect(await his.hears('user:status', ({ userId }) => userId === min.userId)).toMatchObject({
      status: 'online',
    })
    expect((await list(wei))[0]?.status).toBe('online')
    await hers.call('user:status:update', 'away')
    await his.hears('user:status', ({ userId, status }) => userId === min.userId && status === 'away')
    hers.close()
    await his.hears('user:status', ({ userId, status }) => userId === min.userId && status === 'offline')
    expect((await list(wei))[0]).toMatchObject({ status: 'offline', lastSeen: expect.any(String) })
  })
})

describe.skipIf(!HAS_DATABASE)('what nobody was there for', () => {
  const at = useServer({ CODE_LIMIT_PER_HOUR: '0' })
  const open = useFrames(at)
  let [wei, min]: Phone[] = []
  beforeAll(async () => {
    wei = await login(at.server, '+8613900139001', 'Wei')
    min = await login(at.server, '+8613900139002', 'Min')
    await ask(at.server, 'POST /api/friend/request', wei, { userId: min.userId })
    await ask(at.server, `POST /api/friend/accept/${wei.userId}`, min)
  })
  const say = (content: string) =>
    ask<WireMessage>(at.server, 'POST /api/chat/messages', wei, { receiverId: min?.userId, content })

  it('is pushed on the next connection, in order, once; not again to the next', async () => {
    const expected = Array.from({ length: 250 }, (_, n) => `number ${n + 1}`)
    for (const content of expected) await say(content)
    const first = await open(min as Phone)
    await first.until(() => contents(first).length >= 250, '250 messages')
    expect(contents(first)).toEqual(expected)
    await say('live')
    await first.until(() => contents(first).at(-1) === 'live', 'the live one')
    const status = async () => {
      const { body } = await ask<WireMessage[]>(
        at.server,
        `GET /api/message/history/${min?.userId}?limit=1`,
        wei,
      )
      return body.data[0]?.status
    }
    await expect.poll(status, { timeout: 10_000 }).toBe('delivered')
    const second = await open(min as Phone)
    await say('for both')
    await second.until(() => contents(second).includes('for both'), 'the live one')
    expect(contents(second), 'delivered is delivered').toEqual(['for both'])
  })
})

describe.skipIf(!HAS_DATABASE)('/ws', () => {
  const at = useServer({ CODE_LIMIT_PER_HOUR: '0' })
  const open = useFrames(at)
  let wei: Phone
  beforeAll(async () => {
    wei = await login(at.server, '+8613900139003', 'Wei')
  })

  it('asks for a token before the upgrade: in the header, or as a subprotocol', async () => {
    const { url } = at.server
    expect(await upgradeStatus(url, {})).toBe(401)
    expect(await upgradeStatus(url, { token: 'x.y.z' })).toBe(401)
    expect(await upgradeStatus(url, { protocols: ['parley', 'bearer.x.y.z'] })).toBe(401)
    expect(await upgradeStatus(url, { token: wei.token })).toBe(101)
    expect(await upgradeStatus(url, { protocols: ['parley', `bearer.${wei.token}`] })).toBe(101)
    expect(await upgradeStatus(url, { token: wei.token, headers: { origin: 'https://evil.example' } })).toBe(
      403,
    )
  })

  it('says who is connected, first', async () => {
    const frames = await open(wei)
    expect(frames.heard[0]).toEqual({ type: 'connected', data: { userId: wei.userId } })
  })

  it('answers bad frames, and closes at the fifth in ten seconds', async () => {
    const frames = await open(wei)
    frames.socket.send('not json')
    frames.socket.send('{"type":7}')
    frames.send('no such type')
    frames.send('text_message', { content: 7 })
    await frames.until(() => frames.all('error').length === 4, 'four errors')
    expect(frames.closed).toBeNull()
    frames.send('text_message', 'text')
    await frames.until(() => frames.closed, 'the end')
    expect(frames.closed).toBe(1008)
  })

  it('does not take a good frame that is refused for a bad one', async () => {
    const frames = await open(wei)
    for (let n = 0; n < 8; n += 1) {
      const { type, data } = await frames.call<{ code: string }>('text_message', {
        receiverId: 'nobody',
        content: 'x',
      })
      expect([type, data.code]).toEqual(['error', 'not_found'])
    }
    expect(frames.closed).toBeNull()
  })

  it('closes on a binary frame (1003) and one over 64 KiB (1009)', async () => {
    const [binary, big] = [await open(wei), await open(wei)]
    binary.socket.send(Buffer.from([1, 2, 3]))
    big.send('text_message', { content: 'x'.repeat(70_000) })
    await binary.until(() => binary.closed, 'the end')
    await big.until(() => big.closed, 'the end')
    expect([binary.closed, big.closed]).toEqual([1003, 1009])
  })
})
