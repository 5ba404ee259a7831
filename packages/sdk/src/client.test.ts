import { describe, expect, it } from 'vitest'
import { memoryStorage } from './storage.ts'
import { settle } from './testing/sim-clock.ts'
import { createSimWorld } from './testing/sim-world.ts'
import type { SessionHandle, TimelineMessage } from './types.ts'

const show = (messages: readonly TimelineMessage[]) => messages.map(({ text, state }) => `${text} ${state}`)
const shown = (handle: SessionHandle) => show(handle.getSnapshot().messages)
const watch = (handle: SessionHandle) => handle.subscribe(() => undefined)

describe('a visitor’s first message', () => {
  it('makes the visitor, starts the session, and is shown all the while', async () => {
    const { server, client } = createSimWorld()
    const parley = client({ kind: 'visitor' })
    expect(await parley.openSession()).toBeNull()
    expect(await parley.remembersSession()).toBe(false)
    const session = parley.draftSession()
    watch(session)
    session.send('Hello')
    expect(shown(session)).toEqual(['Hello waiting'])
    await settle()
    expect(shown(session)).toEqual(['Hello sent'])
    expect(session.getSnapshot()).toMatchObject({
      id: 'session-1',
      session: { status: 'waiting' },
      error: null,
    })
    expect(parley.connection.getSnapshot()).toEqual({ status: 'online' })
    expect(parley.me.getSnapshot()).toMatchObject({ id: 'visitor-1', role: 'visitor' })
    expect(server.sessions.get('session-1')?.messages).toHaveLength(1)
  })

  it('keeps its key from the first moment on', async () => {
    const { client } = createSimWorld()
    const session = client({ kind: 'visitor' }).draftSession()
    watch(session)
    session.send('Hello')
    const before = session.getSnapshot().messages[0]?.key
    await settle()
    expect(session.getSnapshot().messages[0]?.key).toBe(before)
  })

  it('waits without a network, survives a reload, and goes out in order', async () => {
    const { server, client, time } = createSimWorld()
    const storage = memoryStorage()
    server.down()
    const before = client({ kind: 'visitor' }, storage)
    const draft = before.draftSession({ metadata: { page: '/pricing' } })
    draft.send('one')
    draft.send('two')
    await settle()
    before.close()

    const after = client({ kind: 'visitor' }, storage)
    expect(await after.remembersSession()).toBe(true)
    const session = await after.openSession()
    if (!session) throw new Error('the draft is gone')
    watch(session)
    expect(shown(session)).toEqual(['one waiting', 'two waiting'])
    server.up()
    await time.advance(60_000)
    expect(shown(session)).toEqual(['one sent', 'two sent'])
    expect(server.sessions.size).toBe(1)
  })

  it('finds the open session after a reload', async () => {
    const { client } = createSimWorld()
    const storage = memoryStorage()
    const before = client({ kind: 'visitor' }, storage)
    before.draftSession().send('Hello')
    await settle()
    before.close()
    const session = await client({ kind: 'visitor' }, storage).openSession()
    if (!session) throw new Error('the session is gone')
    await session.ready()
    expect(shown(session)).toEqual(['Hello sent'])
  })

  it('is not lost when the kept token is too old by then', async () => {
    const { server, client } = createSimWorld()
    const storage = memoryStorage()
    const before = client({ kind: 'visitor' }, storage)
    before.draftSession().send('Hello')
    await settle()
    await before.call('session.end', { sessionId: 'session-1' })
    await settle()
    before.close()
    server.people.clear()

    const after = client({ kind: 'visitor' }, storage)
    expect(await after.openSession()).toBeNull()
    const session = after.draftSession()
    watch(session)
    session.send('Again')
    await settle()
    expect(shown(session)).toEqual(['Again sent'])
    expect(after.me.getSnapshot()?.id).toBe('visitor-2')
  })

  it('goes into the open session of the person, which another page has begun', async () => {
    const { server, client, as } = createSimWorld()
    const token = server.person('lin')
    as(token).draftSession().send('from a phone')
    await settle()
    const here = client({ kind: 'token', get: () => token })
    const session = here.draftSession()
    watch(session)
    session.send('from a desk')
    await settle()
    expect(shown(session)).toEqual(['from a phone sent', 'from a desk sent'])
    expect(here.session('session-1').getSnapshot().messages).toEqual(session.getSnapshot().messages)
  })
})

describe('two sides', () => {
  async function conversation() {
    const world = createSimWorld()
    const { server, as } = world
    const visitor = as(server.person('lin'))
    const operator = as(server.operator('ada'))
    const mine = visitor.draftSession()
    watch(mine)
    mine.send('Hello')
    await settle()
    const found = server.sessions.get('session-1')
    if (!found) throw new Error('no session')
    found.assign('ada')
    const theirs = operator.session('session-1')
    watch(theirs)
    await settle()
    return { ...world, visitor, operator, mine, theirs, found }
  }

  it('see each other’s messages, writing and reading', async () => {
    const { mine, theirs } = await conversation()
    expect(shown(theirs)).toEqual(['Hello received'])
    theirs.typing(true)
    await settle()
    expect(mine.getSnapshot().typing).toEqual([{ userId: 'ada', userType: 'operator' }])
    theirs.send('Hi, how can I help?')
    await settle()
    expect(mine.getSnapshot().typing).toEqual([])
    expect(shown(mine)).toEqual(['Hello read', 'Hi, how can I help? received'])
    expect(mine.getSnapshot().unreadCount).toBe(1)
    mine.markRead()
    expect(mine.getSnapshot().unreadCount).toBe(0)
    await settle()
    expect(shown(theirs)).toEqual(['Hello received', 'Hi, how can I help? read'])
  })

  it('forget a writer who has gone silent', async () => {
    const { mine, theirs, time } = await conversation()
    theirs.typing(true)
    await settle()
    await time.advance(5999)
    expect(mine.getSnapshot().typing).toHaveLength(1)
    await time.advance(1)
    expect(mine.getSnapshot().typing).toEqual([])
  })

  it('say that they write at most every three seconds, and when they stop', async () => {
    const { server, theirs, time } = await conversation()
    for (let n = 0; n < 10; n++) {
      theirs.typing(true)
      await time.advance(500)
    }
    theirs.typing(false)
    theirs.typing(false)
    await settle()
    expect(server.asked.filter(name => name === 'typing.set')).toHaveLength(3)
  })

  it('draw the line where reading stopped', async () => {
    const { as, server, found, mine } = await conversation()
    mine.markRead()
    found.send({ senderId: 'ada', senderType: 'operator', text: 'news' })
    const again = as(server.person('lin')).session('session-1')
    watch(again)
    await again.ready()
    expect(again.getSnapshot()).toMatchObject({ unreadFrom: 2, unreadCount: 1, readSeq: 1 })
    again.send('I have seen it')
    await settle()
    expect(again.getSnapshot(), 'whoever answers has read').toMatchObject({ unreadFrom: null })
  })

  it('end it, once told by the answer and by the event', async () => {
    const { mine, theirs, visitor } = await conversation()
    const ended: string[] = []
    visitor.on('ended', ({ session }) => ended.push(session.id))
    await theirs.end('done')
    expect(theirs.getSnapshot().session?.status).toBe('ended')
    await settle()
    expect(mine.getSnapshot().session).toMatchObject({ status: 'ended', endedBy: 'ada', endReason: 'done' })
    expect(ended).toEqual(['session-1'])
    expect(await visitor.remembersSession()).toBe(false)
  })
})

describe('a lost connection', () => {
  it('loses and doubles nothing when an acknowledgement is lost with it', async () => {
    const { server, as, time } = createSimWorld()
    const session = as(server.person('lin')).draftSession()
    watch(session)
    session.send('one')
    await settle()
    server.loseAnswers = 1
    session.send('two')
    session.send('three')
    await settle()
    expect(session.getSnapshot().messages).toHaveLength(3)
    await time.advance(60_000)
    expect(shown(session)).toEqual(['one sent', 'two sent', 'three sent'])
    expect(server.sessions.get('session-1')?.messages.map(({ text }) => text)).toEqual([
      'one',
      'two',
      'three',
    ])
  })

  it('is shown with its beginning and its tries, and catches up with what was missed', async () => {
    const { server, as, time } = createSimWorld()
    const parley = as(server.person('lin'))
    const session = parley.draftSession()
    watch(session)
    session.send('Hello')
    await settle()
    const since = time.clock.now()
    server.down()
    await settle()
    expect(parley.connection.getSnapshot()).toEqual({ status: 'reconnecting', since, attempt: 1 })
    const found = server.sessions.get('session-1')
    found?.assign('ada')
    for (let n = 0; n < 450; n++) found?.send({ senderId: 'ada', senderType: 'operator', text: `${n}` })
    const heard: boolean[] = []
    parley.on('message', ({ live }) => heard.push(live))
    server.up()
    await time.advance(60_000)
    expect(parley.connection.getSnapshot()).toEqual({ status: 'online' })
    expect(session.getSnapshot().messages).toHaveLength(451)
    expect(heard).toEqual(Array.from({ length: 450 }, () => false))
  })

  it('is tried again at once when the network is back', async () => {
    const { server, as, device } = createSimWorld()
    const parley = as(server.person('lin'))
    parley.connect()
    await settle()
    device.online = false
    server.down()
    await settle()
    expect(parley.connection.getSnapshot().status).toBe('offline')
    server.up()
    device.online = true
    device.hint()
    await settle()
    expect(parley.connection.getSnapshot().status).toBe('online')
  })

  it('asks for what a gap has swallowed', async () => {
    const { server, as, time } = createSimWorld()
    const session = as(server.person('lin')).draftSession()
    watch(session)
    session.send('Hello')
    await settle()
    const found = server.sessions.get('session-1')
    for (const peer of server.peers) peer.heard.delete('session-1')
    found?.send({ senderId: 'lin', text: 'swallowed' })
    for (const peer of server.peers) peer.heard.add('session-1')
    found?.send({ senderId: 'lin', text: 'heard' })
    await settle()
    expect(shown(session)).toEqual(['Hello sent', 'heard sent'])
    await time.advance(300)
    expect(shown(session)).toEqual(['Hello sent', 'swallowed sent', 'heard sent'])
  })
})
describe('what was missed', () => {
  it('is asked for until it is complete, though one answer has room for little of it', async () => {
    const { server, as, time } = createSimWorld()
    const [one, two] = [server.session('s1', 'lin'), server.session('s2', 'wei')]
    for (const found of [one, two]) found.assign('ada')
    const ada = as(server.operator('ada'))
    const [first, second] = [ada.session('s1'), ada.session('s2')]
    for (const handle of [first, second]) watch(handle)
    await settle()
    server.syncRoom = 2
    server.down()
    for (let n = 0; n < 7; n++) {
      one.send({ senderId: 'lin', text: `lin ${n}` })
      two.send({ senderId: 'wei', text: `wei ${n}` })
    }
    server.up()
    await time.advance(60_000)
    expect(shown(first)).toEqual(one.messages.map(({ text }) => `${text} received`))
    expect(shown(second)).toEqual(two.messages.map(({ text }) => `${text} received`))
  })

  it('gets further with each connection, however short', async () => {
    const { server, as, time } = createSimWorld()
    const found = server.session('s1', 'lin')
    found.assign('ada')
    const session = as(server.operator('ada')).session('s1')
    watch(session)
    await settle()
    server.syncRoom = 1
    server.down()
    for (let n = 0; n < 12; n++) found.send({ senderId: 'lin', text: `${n}` })
    // Every third answer comes too late for its connection.
    let asked = 0
    server.asked.push = (...operations) => {
      if (operations.includes('session.sync') && ++asked % 3 === 0) server.loseAnswers = 1
      return operations.length
    }
    server.up()
    await time.advance(10 * 60_000)
    expect(shown(session)).toHaveLength(12)
    expect(asked).toBeLessThan(24)
  })
})

describe('one’s own name', () => {
  it('is shown changed at once', async () => {
    const { server, as } = createSimWorld()
    const ada = as(server.operator('ada'))
    ada.connect()
    await settle()
    await ada.call('auth.update-me', { name: 'Ada Lovelace' })
    expect(ada.me.getSnapshot()).toMatchObject({ id: 'ada', name: 'Ada Lovelace' })
    expect(ada.connection.getSnapshot()).toEqual({ status: 'online' })
  })

  it('is shown changed with the profile too', async () => {
    const { server, as } = createSimWorld()
    const ada = as(server.operator('ada'))
    ada.connect()
    await settle()
    expect(await ada.call('user.set-nickname', { nickname: 'Countess' })).toMatchObject({
      nickname: 'Countess',
    })
    expect(ada.me.getSnapshot()).toMatchObject({ id: 'ada', name: 'Countess' })
  })
})
