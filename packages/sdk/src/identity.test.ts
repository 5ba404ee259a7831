import { describe, expect, it } from 'vitest'
import { ParleyError } from './errors.ts'
import { memoryStorage } from './storage.ts'
import { settle } from './testing/sim-clock.ts'
import { createSimWorld } from './testing/sim-world.ts'

const userHash = 'a'.repeat(64)
const lin = { userId: 'lin', userHash }

async function anonymous() {
  const world = createSimWorld()
  const storage = memoryStorage()
  const parley = world.client({ kind: 'visitor' }, storage)
  const session = parley.draftSession()
  session.subscribe(() => undefined)
  session.send('Hello')
  await settle()
  return { ...world, storage, parley, session }
}

const shown = (session: Awaited<ReturnType<typeof anonymous>>['session']) =>
  session
    .getSnapshot()
    .messages.map(({ text, state, mine }) => `${text} ${state} ${mine ? 'mine' : ''}`.trim())

describe('identify', () => {
  it('brings the open session along, and what was written before stays one’s own', async () => {
    const { parley, session, server } = await anonymous()
    await parley.identify(lin)
    await settle()
    expect(parley.me.getSnapshot()).toMatchObject({ id: 'lin', role: 'user' })
    expect(parley.connection.getSnapshot()).toEqual({ status: 'online' })
    session.send('It is me')
    await settle()
    expect(shown(session)).toEqual(['Hello sent mine', 'It is me sent mine'])
    expect(server.sessions.get('session-1')?.messages.map(({ senderId }) => senderId)).toEqual(['lin', 'lin'])
  })

  it.each([
    ['who has never been here', false],
    ['who has written as a visitor', true],
  ])('tells the server the e-mail of one %s', async (_, wrote) => {
    const { server, client } = createSimWorld()
    const parley = client({ kind: 'visitor' })
    if (wrote) {
      parley.draftSession().send('Hello')
      await settle()
    }
    await parley.identify({ ...lin, email: 'lin@example.com' })
    expect(server.emails.get('lin')).toBe('lin@example.com')
  })

  it('brings unsent messages along', async () => {
    const { parley, session, server } = await anonymous()
    server.failNext.push(new ParleyError('rate_limited', { retryAfterMs: 60_000 }))
    session.send('unsent')
    await settle()
    await parley.identify(lin)
    await settle()
    expect(shown(session)).toEqual(['Hello sent mine', 'unsent sent mine'])
    expect(server.sessions.get('session-1')?.messages.at(-1)?.senderId).toBe('lin')
  })

  it('changes nothing for the one who is known already', async () => {
    const { parley, server } = await anonymous()
    await parley.identify(lin)
    await settle()
    const asked = server.asked.length
    const peers = [...server.peers]
    await parley.identify(lin)
    await settle()
    expect(server.asked).toHaveLength(asked)
    expect([...server.peers]).toEqual(peers)
  })

  it('hands nothing of one user to another', async () => {
    const { parley, session, server } = await anonymous()
    await parley.identify(lin)
    await settle()
    server.failNext.push(new ParleyError('rate_limited', { retryAfterMs: 60_000 }))
    session.send('of Lin')
    await settle()
    await parley.identify({ userId: 'bo', userHash })
    await settle()
    expect(parley.me.getSnapshot()?.id).toBe('bo')
    expect(session.getSnapshot()).toMatchObject({ messages: [], error: { code: 'not_found' } })
    expect(server.sessions.get('session-1')?.messages).toHaveLength(1)
    expect(await parley.openSession()).toBeNull()
  })

  it('leaves the visitor who they were when the hash is wrong', async () => {
    const { parley, session, server, storage } = await anonymous()
    const token = await storage.get('parley/token')
    server.wrongHashes.add(userHash)
    await expect(parley.identify({ ...lin, email: 'lin@example.com' })).rejects.toMatchObject({
      code: 'unauthorized',
    })
    await settle()
    expect(await storage.get('parley/token')).toBe(token)
    expect(parley.me.getSnapshot()?.id).toBe('visitor-1')
    session.send('Still here')
    await settle()
    expect(shown(session)).toEqual(['Hello sent mine', 'Still here sent mine'])
    expect([...server.people.values()].map(({ id }) => id)).not.toContain('lin')
  })

  it('gives one whose e-mail is told with a wrong hash nothing', async () => {
    const { server, client } = createSimWorld()
    const storage = memoryStorage()
    const parley = client({ kind: 'visitor' }, storage)
    server.wrongHashes.add(userHash)
    await expect(parley.identify({ ...lin, email: 'lin@example.com' })).rejects.toMatchObject({
      code: 'unauthorized',
    })
    expect(await storage.keys('')).toEqual([])
    expect(parley.me.getSnapshot()).toBeNull()
  })

  it('is carried out with a new token when the visitor’s was too old', async () => {
    const { parley, server, storage } = await anonymous()
    server.people.delete((await storage.get('parley/token')) ?? '')
    await parley.identify({ ...lin, email: 'lin@example.com' })
    await settle()
    expect(parley.me.getSnapshot()?.id).toBe('lin')
    expect(server.emails.get('lin')).toBe('lin@example.com')
    expect(parley.connection.getSnapshot()).toEqual({ status: 'online' })
  })

  it('is for visitors’ pages', async () => {
    const { as, server } = createSimWorld()
    await expect(as(server.person('lin')).identify(lin)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('forget', () => {
  it('leaves nothing, neither here nor in storage', async () => {
    const { parley, session, storage } = await anonymous()
    parley.disconnect()
    session.send('unsent')
    await settle()
    await parley.forget()
    expect(await storage.keys('')).toEqual([])
    expect(parley.me.getSnapshot()).toBeNull()
    expect(parley.connection.getSnapshot()).toEqual({ status: 'idle' })
    expect(await parley.remembersSession()).toBe(false)
    expect(await parley.openSession()).toBeNull()
  })

  it('lets the next visitor begin anew', async () => {
    const { parley, server } = await anonymous()
    await parley.forget()
    const session = parley.draftSession()
    session.subscribe(() => undefined)
    session.send('Who am I?')
    await settle()
    expect(parley.me.getSnapshot()?.id).toBe('visitor-2')
    expect(session.getSnapshot().id).toBe('session-2')
    expect(server.sessions.size).toBe(2)
  })
})
