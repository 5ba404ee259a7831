import { describe, expect, it } from 'vitest'
import { ParleyError } from '../errors.ts'
import { settle } from '../testing/sim-clock.ts'
import { createSimWorld } from '../testing/sim-world.ts'
import { LINGER_MS } from './sessions.ts'

function createDesk(messages = 0) {
  const world = createSimWorld()
  const found = world.server.session('s1', 'lin')
  const parley = world.as(world.server.operator('ada'))
  for (let n = 1; n <= messages; n++) found.send({ senderId: 'lin', text: `${n}` })
  const session = parley.session('s1')
  return { ...world, found, parley, session }
}

const seqs = (session: ReturnType<typeof createDesk>['session']) =>
  session.getSnapshot().messages.map(message => ('seq' in message ? message.seq : null))
const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('a session', () => {
  it('shows its newest page, and older ones on demand', async () => {
    const { session } = createDesk(120)
    expect(session.getSnapshot().loading).toBe(true)
    await session.ready()
    expect(seqs(session)).toEqual(run(71, 120))
    expect(session.getSnapshot()).toMatchObject({ loading: false, hasOlder: true })
    const older = session.loadOlder()
    expect(session.getSnapshot().loadingOlder).toBe(true)
    await Promise.all([older, session.loadOlder()])
    expect(seqs(session)).toEqual(run(21, 120))
    await session.loadOlder()
    expect(seqs(session)).toEqual(run(1, 120))
    expect(session.getSnapshot()).toMatchObject({ hasOlder: false, loadingOlder: false })
  })

  it('asks for no page where there is none', async () => {
    const { session, server } = createDesk()
    await session.ready()
    expect(session.getSnapshot()).toMatchObject({ messages: [], hasOlder: false, loading: false })
    expect(server.asked).not.toContain('GET /api/chat/messages')
  })

  it('rejects a page of older messages that can’t be had, and stays as it is', async () => {
    const { session, server } = createDesk(60)
    await session.ready()
    server.failNext.push(new ParleyError('unavailable'))
    await expect(session.loadOlder()).rejects.toMatchObject({ code: 'unavailable' })
    expect(session.getSnapshot()).toMatchObject({ hasOlder: true, loadingOlder: false, error: null })
  })

  it('hears what comes while its page is on its way', async () => {
    const { session, found, server, parley } = createDesk(3)
    parley.connect()
    await settle()
    session.subscribe(() => undefined)
    const answered = () => server.asked.includes('GET /api/chat/messages')
    while (!answered()) await Promise.resolve()
    found.send({ senderId: 'lin', text: '4' })
    await settle()
    expect(seqs(session)).toEqual([1, 2, 3, 4])
  })

  it('that does not exist says so', async () => {
    const { parley, server } = createDesk()
    const nowhere = parley.session('nowhere')
    await expect(nowhere.ready()).rejects.toMatchObject({ code: 'not_found' })
    expect(nowhere.getSnapshot()).toMatchObject({ error: { code: 'not_found' }, loading: false })
    server.session('nowhere', 'bo')
    parley.disconnect()
    parley.connect()
    await settle()
    expect(nowhere.getSnapshot()).toMatchObject({ error: null })
  })

  it('is the same handle, and its snapshot the same until something changes', async () => {
    const { parley, session, found } = createDesk(2)
    await session.ready()
    session.subscribe(() => undefined)
    expect(parley.session('s1')).toBe(session)
    const before = session.getSnapshot()
    expect(session.getSnapshot()).toBe(before)
    found.send({ senderId: 'lin', text: 'three' })
    await settle()
    const after = session.getSnapshot()
    expect(after).not.toBe(before)
    expect(after.messages.slice(0, 2)).toEqual(before.messages)
    expect(after.messages[0]).toBe(before.messages[0])
  })

  it('stays loaded a minute after the last has looked', async () => {
    const { session, server, time } = createDesk(2)
    const pages = () => server.asked.filter(name => name === 'GET /api/chat/messages').length
    const stop = session.subscribe(() => undefined)
    await settle()
    stop()
    await time.advance(LINGER_MS - 1)
    const again = session.subscribe(() => undefined)
    await settle()
    expect(pages()).toBe(1)
    again()
    await time.advance(LINGER_MS)
    expect(session.getSnapshot().messages).toEqual([])
    session.subscribe(() => undefined)
    await settle()
    expect(pages()).toBe(2)
    expect(seqs(session)).toEqual([1, 2])
  })

  it('lets go of everything on release, and is loaded again when somebody looks', async () => {
    const { session, found } = createDesk(2)
    await session.ready()
    session.release()
    expect(session.getSnapshot().messages).toEqual([])
    found.send({ senderId: 'lin', text: 'three' })
    await session.ready()
    expect(seqs(session)).toEqual([1, 2, 3])
  })

  it('tells the server what was read once there is a connection', async () => {
    const { session, found, parley, server, time } = createDesk(2)
    found.assign('ada')
    await session.ready()
    session.subscribe(() => undefined)
    server.down()
    await settle()
    session.markRead(1)
    session.markRead()
    session.markRead(1)
    expect(session.getSnapshot()).toMatchObject({ readSeq: 2, unreadCount: 0 })
    server.up()
    await time.advance(60_000)
    expect(found.session.marks.find(({ userId }) => userId === 'ada')?.readSeq).toBe(2)
    expect(server.asked.filter(name => name === 'message.read')).toHaveLength(1)
    expect(parley.connection.getSnapshot().status).toBe('online')
  })

  it('refuses to send nothing', () => {
    const { session } = createDesk()
    expect(() => session.send(' \n')).toThrow(expect.objectContaining({ code: 'validation_failed' }))
    expect(session.send('', { fileUrl: '/files/1' })).toBeTypeOf('string')
  })
})

describe('events', () => {
  it('tell each message of others once, in order, also of sessions that nobody looks at', async () => {
    const { found, parley, server, time } = createDesk()
    const heard: string[] = []
    parley.on('message', ({ message, session, live }) => heard.push(`${session?.id} ${message.text} ${live}`))
    parley.connect()
    await settle()
    found.assign('ada')
    await settle()
    found.send({ senderId: 'lin', text: 'one' })
    found.send({ senderId: 'ada', senderType: 'operator', text: 'mine' })
    await settle()
    server.down()
    found.send({ senderId: 'lin', text: 'two' })
    server.up()
    await time.advance(60_000)
    expect(heard).toEqual(['s1 one true', 's1 two false'])
  })

  it('tell of a session that was given to the operator, also while away', async () => {
    const { found, parley, server, time } = createDesk()
    const assigned: string[] = []
    parley.on('assigned', ({ session, operator }) => assigned.push(`${session.id} ${operator.id}`))
    parley.connect()
    await settle()
    found.assign('ada')
    await settle()
    expect(assigned).toEqual(['s1 ada'])
    server.down()
    server.session('s2', 'bo').assign('ada')
    server.up()
    await time.advance(60_000)
    expect(assigned).toEqual(['s1 ada', 's2 ada'])
  })

  it('tell nothing of what was there at first', async () => {
    const { found, parley } = createDesk(5)
    found.assign('ada')
    const heard: string[] = []
    parley.on('message', () => heard.push('message'))
    parley.on('assigned', () => heard.push('assigned'))
    parley.connect()
    await settle()
    parley.session('s1').subscribe(() => undefined)
    await settle()
    expect(heard).toEqual([])
  })

  it('tell of a message that was refused', async () => {
    const { session, found, parley } = createDesk(1)
    found.assign('ada')
    await session.ready()
    session.subscribe(() => undefined)
    found.end('lin', null)
    const failed: string[] = []
    parley.on('failed', ({ clientMessageId, sessionId, error }) =>
      failed.push(`${clientMessageId} ${sessionId} ${error.code}`),
    )
    const id = session.send('too late')
    await settle()
    expect(failed).toEqual([`${id} s1 session_ended`])
    expect(session.getSnapshot().messages.at(-1)).toMatchObject({
      state: 'failed',
      code: 'session_ended',
      clientMessageId: id,
    })
    session.discard(id)
    expect(session.getSnapshot().messages).toHaveLength(1)
  })
})
