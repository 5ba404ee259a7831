import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { curl } from '../support/client.ts'
import { bearer, type RawClient, rawClient } from '../support/raw-client.ts'
import { API_KEY, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ AUTH_OPEN_TOKENS: 'false' })
})
afterAll(() => server.close())

const clients: RawClient[] = []
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.terminate()
})

interface Person {
  readonly id: string
  readonly token: string
  call(route: string, body?: unknown): Promise<Awaited<ReturnType<typeof curl>>>
  /** A connection of its own, and the frames that it hears after `connected`. */
  connect(): Promise<Pick<RawClient, 'send' | 'socket'> & { named(type: string): Frame[]; all(): Frame[] }>
}
type Frame = RawClient['frames'][number]

async function person(id: string): Promise<Person> {
  await curl(server.url, 'POST /api/users', {
    body: { id, nickname: id, role: 'user' },
    headers: { 'x-api-key': API_KEY },
  })
  const { body } = await curl(server.url, 'POST /api/auth/token', {
    body: { userId: id },
    headers: { 'x-api-key': API_KEY },
  })
  const token = String(body.data['token'])
  return {
    id,
    token,
    call: (route, body) => curl(server.url, route, { ...(body !== undefined && { body }), ...bearer(token) }),
    async connect() {
      const client = rawClient(server.url, bearer(token))
      clients.push(client)
      await vi.waitFor(() =>
        expect(client.frames[0]).toMatchObject({ type: 'connected', data: { userId: id } }),
      )
      const all = () => client.frames.slice(1)
      return { ...client, all, named: type => all().filter(frame => frame.type === type) }
    },
  }
}

async function friends(...names: [string, string]): Promise<[Person, Person]> {
  const [one, other] = [await person(names[0]), await person(names[1])]
  expect((await one.call('POST /api/friend/request', { userId: other.id })).status).toBe(200)
  expect((await other.call(`POST /api/friend/accept/${one.id}`)).status).toBe(200)
  return [one, other]
}

describe('the friends family, as its documents have it', () => {
  it('makes friends, who write to each other; each device of the sender hears its message once', async () => {
    const [lin, chen] = [await person('lin'), await person('chen')]
    const chenPhone = await chen.connect()
    await lin.call('POST /api/friend/request', { userId: 'chen', message: 'It is Lin' })
    await vi.waitFor(() =>
      expect(chenPhone.named('friend:request')).toMatchObject([
        { data: { request: { userId: 'lin', message: 'It is Lin' } } },
      ]),
    )
    const [phone, tablet] = [await lin.connect(), await lin.connect()]
    await chen.call('POST /api/friend/accept/lin')
    await vi.waitFor(() =>
      expect(phone.named('friend:added')).toMatchObject([{ data: { friend: { friendId: 'chen' } } }]),
    )

    for (const n of [1, 2, 3])
      phone.send({
        type: 'text_message',
        id: n,
        data: { receiverId: 'chen', content: `${n}`, clientMessageId: `c-${n}` },
      })
    await vi.waitFor(() => expect(phone.named('ack')).toHaveLength(3))
    const sent = phone.named('message_sent')
    const seqs = (frames: readonly Frame[]) =>
      frames.map(({ data }) => (data['message'] as { seq: number }).seq)
    expect(seqs(sent)).toEqual([1, 2, 3])
    expect(sent.map(({ id }) => id).sort()).toEqual([1, 2, 3])
    await vi.waitFor(() => expect(seqs(tablet.named('message_sent'))).toEqual([1, 2, 3]))
    expect(tablet.named('message_sent').every(({ id }) => id === undefined)).toBe(true)
    await vi.waitFor(() => expect(seqs(chenPhone.named('new_message'))).toEqual([1, 2, 3]))

    chenPhone.send({ type: 'message_read', data: { friendId: 'lin' } })
    await vi.waitFor(() =>
      expect(phone.named('message_read').at(-1)).toMatchObject({ data: { userId: 'chen', seq: 3 } }),
    )
    expect((await chen.call('GET /api/message/unread-count')).body.data).toMatchObject({ unreadCount: 0 })
  })

  it('keeps what was written to one who was away, and delivers it once', async () => {
    const [lin, chen] = await friends('lin-2', 'chen-2')
    const phone = await lin.connect()
    for (const n of [1, 2, 3])
      phone.send({ type: 'text_message', id: `t${n}`, data: { receiverId: chen.id, content: `${n}` } })
    await vi.waitFor(() => expect(phone.named('ack')).toHaveLength(3))
    const back = await chen.connect()
    await vi.waitFor(() => expect(back.named('new_message')).toHaveLength(3))
    const contents = back.named('new_message').map(({ data }) => (data['message'] as { seq: number }).seq)
    expect(contents).toEqual([1, 2, 3])
    await vi.waitFor(() =>
      expect(phone.named('message:status').at(-1)).toMatchObject({ data: { status: 'delivered', seq: 3 } }),
    )
    const again = await chen.connect()
    again.send({ type: 'session:sync', id: 's' })
    await vi.waitFor(() => expect(again.named('ack')).toHaveLength(1))
    expect(again.named('new_message')).toEqual([])
  })

  it('takes a message back, in time and one’s own alone', async () => {
    const [lin, chen] = await friends('lin-3', 'chen-3')
    const [phone, other] = [await lin.connect(), await chen.connect()]
    phone.send({ type: 'text_message', id: 't', data: { receiverId: chen.id, content: 'Oops' } })
    await vi.waitFor(() => expect(phone.named('ack')).toHaveLength(1))
    const { id: messageId } = phone.named('message_sent')[0]!.data['message'] as { id: string }
    other.send({ type: 'message_recall', id: 'r', data: { messageId } })
    await vi.waitFor(() =>
      expect(other.named('recall_failed')).toEqual([
        { type: 'recall_failed', id: 'r', data: { messageId, reason: 'forbidden' } },
      ]),
    )
    phone.send({ type: 'message_recall', id: 'r', data: { messageId } })
    await vi.waitFor(() =>
      expect(phone.named('recall_success')).toEqual([
        { type: 'recall_success', id: 'r', data: { messageId } },
      ]),
    )
    await vi.waitFor(() =>
      expect(other.named('message_recalled')).toMatchObject([{ data: { messageId, seq: 1 } }]),
    )
    const history = await chen.call(`GET /api/message/history/${lin.id}`)
    expect(history.body.data).toMatchObject([{ id: messageId, recalled: true, content: '' }])
  })

  it('refuses who is no friend (any more), and tells the blocked one nothing else', async () => {
    const [lin, chen] = await friends('lin-4', 'chen-4')
    const phone = await lin.connect()
    const write = async (id: string) => {
      phone.send({ type: 'text_message', id, data: { receiverId: chen.id, content: 'Hi' } })
      await vi.waitFor(() => expect(phone.all().filter(frame => frame.id === id).length).toBeGreaterThan(0))
      return phone.all().find(frame => frame.id === id)
    }
    expect(await write('as friends')).toMatchObject({ type: 'message_sent' })
    await chen.call(`POST /api/friend/block/${lin.id}`)
    const blocked = await write('blocked')
    expect(blocked).toMatchObject({ type: 'error', data: { code: 'not_friends' } })
    await chen.call(`DELETE /api/friend/block/${lin.id}`)
    await chen.call(`DELETE /api/friend/${lin.id}`)
    expect(await write('strangers')).toMatchObject({ type: 'error', data: blocked?.data })
  })
})
