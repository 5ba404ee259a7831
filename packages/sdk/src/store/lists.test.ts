import { describe, expect, it } from 'vitest'
import { ParleyError } from '../errors.ts'
import { settle } from '../testing/sim-clock.ts'
import { createSimWorld } from '../testing/sim-world.ts'
import type { ListSnapshot } from '../types.ts'

const ids = ({ sessions }: ListSnapshot) => sessions.map(({ id }) => id)

async function createDesk() {
  const world = createSimWorld()
  const parley = world.as(world.server.operator('ada'))
  const queue = parley.list('queue')
  const mine = parley.list('mine')
  queue.subscribe(() => undefined)
  const stopMine = mine.subscribe(() => undefined)
  expect(queue.getSnapshot()).toMatchObject({ sessions: [], total: 0, loading: true, error: null })
  await settle()
  return { ...world, parley, queue, mine, stopMine }
}

describe('a live list', () => {
  it('follows sessions from the queue to an operator and to the end', async () => {
    const { server, queue, mine } = await createDesk()
    expect(queue.getSnapshot()).toEqual({ sessions: [], total: 0, loading: false, error: null })
    const one = server.session('s1', 'lin')
    server.session('s2', 'bo')
    await settle()
    expect(ids(queue.getSnapshot())).toEqual(['s1', 's2'])
    one.assign('ada')
    await settle()
    expect(ids(queue.getSnapshot())).toEqual(['s2'])
    expect(queue.getSnapshot().total).toBe(1)
    expect(ids(mine.getSnapshot())).toEqual(['s1'])
    one.end('ada', null)
    await settle()
    expect(ids(mine.getSnapshot())).toEqual([])
  })

  it('says what has come to it, also while the connection was lost', async () => {
    const { server, queue, parley, time } = await createDesk()
    const appeared: string[] = []
    parley.on('listed', ({ list, session, appeared: isNew }) => {
      if (list === 'queue' && isNew) appeared.push(session.id)
    })
    server.session('s1', 'lin')
    await settle()
    server.down()
    server.session('s2', 'bo')
    server.up()
    await time.advance(60_000)
    expect(ids(queue.getSnapshot())).toEqual(['s1', 's2'])
    expect(appeared).toEqual(['s1', 's2'])
  })

  it('counts what the caller has not read, and no more once it is read', async () => {
    const { server, mine, parley } = await createDesk()
    const session = server.session('s1', 'lin')
    session.assign('ada')
    session.send({ senderId: 'lin', text: 'one' })
    session.send({ senderId: 'lin', text: 'two' })
    await settle()
    expect(mine.getSnapshot().sessions[0]?.unreadCount).toBe(2)
    const handle = parley.session('s1')
    await handle.ready()
    handle.markRead()
    expect(mine.getSnapshot().sessions[0]?.unreadCount).toBe(0)
    await settle()
    session.send({ senderId: 'lin', text: 'three' })
    await settle()
    expect(mine.getSnapshot().sessions[0]?.unreadCount).toBe(1)
  })

  it('has the latest first, but the queue in its order', async () => {
    const { server, queue, mine } = await createDesk()
    for (const id of ['s1', 's2', 's3']) server.session(id, `visitor of ${id}`)
    const [first, second] = ['s1', 's2'].map(id => server.sessions.get(id))
    first?.assign('ada')
    second?.assign('ada')
    second?.send({ senderId: 'visitor of s2', text: 'a' })
    first?.send({ senderId: 'visitor of s1', text: 'b' })
    first?.send({ senderId: 'visitor of s1', text: 'c' })
    await settle()
    expect(ids(mine.getSnapshot())).toEqual(['s1', 's2'])
    expect(ids(queue.getSnapshot())).toEqual(['s3'])
  })

  it('is watched while somebody looks, and a little longer', async () => {
    const { server, mine, stopMine, time } = await createDesk()
    stopMine()
    await time.advance(4999)
    expect(server.asked).not.toContain('session.unwatch')
    await time.advance(1)
    expect(server.asked).toContain('session.unwatch')
    mine.subscribe(() => undefined)
    expect(mine.getSnapshot().loading).toBe(true)
    await settle()
    expect(mine.getSnapshot().loading).toBe(false)
  })

  it('asks again when the server is busy, and says so when it may not', async () => {
    const { server, as, time } = createSimWorld()
    const parley = as(server.operator('ada'))
    parley.connect()
    await settle()
    server.failNext.push(new ParleyError('unavailable'))
    const queue = parley.list('queue')
    queue.subscribe(() => undefined)
    await settle()
    expect(queue.getSnapshot()).toMatchObject({ loading: true, error: null })
    await time.advance(60_000)
    expect(queue.getSnapshot().loading).toBe(false)

    server.failNext.push(new ParleyError('forbidden'))
    const team = parley.list('team')
    team.subscribe(() => undefined)
    await settle()
    expect(team.getSnapshot()).toMatchObject({ loading: false, error: { code: 'forbidden' } })
  })
})

describe('operators', () => {
  it('are live, by name, and asked for again after a loss', async () => {
    const { server, as, time } = createSimWorld()
    const parley = as(server.operator('Ada'))
    server.operator('Zoe')
    const operators = parley.operators()
    operators.subscribe(() => undefined)
    await settle()
    const seen = () => operators.getSnapshot().operators.map(({ name, status }) => `${name} ${status}`)
    expect(seen()).toEqual(['Ada online', 'Zoe online'])
    const zoe = server.operators.get('Zoe')
    if (zoe) server.tellOperator({ ...zoe, status: 'busy' })
    await settle()
    expect(seen()).toEqual(['Ada online', 'Zoe busy'])
    server.down()
    server.operator('Ben')
    server.up()
    await time.advance(60_000)
    expect(seen()).toEqual(['Ada online', 'Ben online', 'Zoe busy'])
  })

  it('stay while they can’t be asked for', async () => {
    const { server, as, time } = createSimWorld()
    const parley = as(server.operator('Ada'))
    const operators = parley.operators()
    operators.subscribe(() => undefined)
    await settle()
    server.cut()
    server.operators.clear()
    await settle()
    expect(operators.getSnapshot().operators).toHaveLength(1)
    await time.advance(60_000)
    expect(operators.getSnapshot()).toEqual({ operators: [], loading: false, error: null })
  })
})
