import { beforeEach, describe, expect, it } from 'vitest'
import { key, NodeWorld, SETTINGS } from '../../test/node-world.ts'
import { storeWith } from '../delivery/announcing-store.ts'
import type { Store } from '../ports/store.ts'
import { StoreUnavailable } from '../ports/store.ts'
import { DEAD_AFTER_MS } from './heartbeat.ts'

let world: NodeWorld
beforeEach(() => {
  world = new NodeWorld()
  world.operator('olga')
})

const GRACE = SETTINGS.operatorGraceMs
const statusOf = async (operatorId: string) => (await world.store.operator(operatorId))?.status
const sessionOf = async (sessionId: string) => (await world.store.sessions([sessionId], null))[0]
const isConnected = async (userId: string) => (await world.store.connected([userId])).has(userId)

/** A store that can be away for one node; `after` says that what was asked is done all the same. */
function shaky(inner: Store) {
  const state = { down: false, after: false }
  const store = new Proxy(inner, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return async (...args: unknown[]) => {
        if (state.down && !state.after) throw new StoreUnavailable('test')
        const answer: unknown = await value.apply(target, args)
        if (state.down) throw new StoreUnavailable('test')
        return answer
      }
    },
  })
  return { store, state }
}

describe('connections', () => {
  it('[P1] a lease is open when `connect` resolves, and closed soon after the connection', async () => {
    const node = await world.node()
    const vera = await world.connect(node, 'vera')
    expect(await isConnected('vera')).toBe(true)
    vera.leave()
    await world.clock.pass(0)
    expect(await isConnected('vera')).toBe(false)
  })

  it('[P1] a connection whose lease can’t be opened is refused, and leaves nothing', async () => {
    const { store, state } = shaky(world.store)
    const node = await world.node({}, store)
    state.down = true
    state.after = true
    await expect(world.connect(node, 'vera')).rejects.toThrow(StoreUnavailable)
    state.down = false
    await world.clock.pass(2000)
    expect(await isConnected('vera')).toBe(false)
  })

  it('[P1] a close that fails is tried until it succeeds', async () => {
    const { store, state } = shaky(world.store)
    const node = await world.node({}, store)
    const vera = await world.connect(node, 'vera')
    state.down = true
    vera.leave()
    await world.clock.pass(5000)
    expect(await isConnected('vera')).toBe(true)
    state.down = false
    await world.clock.pass(2000)
    expect(await isConnected('vera')).toBe(false)
  })

  it('[D15] takes everything of it along', async () => {
    const node = await world.node()
    const held = await world.connect(node, 'vera')
    const empty = JSON.stringify(node.holdings())
    held.leave()
    await world.clock.pass(0)
    const nothing = JSON.stringify(node.holdings())
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.chat(vera)
    const olga = await world.connect(node, 'olga', 'operator')
    await world.call(olga, 'session.sync', { sessions: { [sessionId]: 0 } })
    await world.call(olga, 'session.watch', { list: 'mine' })
    await world.write(vera, sessionId)
    await world.call(vera, 'typing.set', { sessionId, isTyping: true })
    await world.clock.pass(1000)
    expect(JSON.stringify(node.holdings())).not.toBe(nothing)
    expect(empty).not.toBe(nothing)
    const joining = vera.call('session.join', { sessionId })
    vera.leave()
    olga.leave()
    await world.clock.until(joining)
    await world.clock.pass(0)
    expect(JSON.stringify(node.holdings())).toBe(nothing)
  })

  it('[D15] that goes while its answer is made leaves nothing', async () => {
    const node = await world.node()
    const nothing = JSON.stringify(node.holdings())
    const vera = await world.connect(node, 'vera')
    await world.start(vera)
    for (const hops of [0, 1, 2, 3, 4, 5, 6, 8, 10, 12]) {
      const client = await world.connect(node, 'vera')
      const syncing = client.call('session.sync', { sessions: {} })
      for (let hop = 0; hop < hops; hop++) await Promise.resolve()
      client.leave()
      await world.clock.until(syncing)
    }
    vera.leave()
    await world.clock.pass(0)
    expect(JSON.stringify(node.holdings())).toBe(nothing)
  })

  it('[D16] end with their login, on every node', async () => {
    const [here, there] = [await world.node(), await world.node()]
    const vera = await world.connect(here, 'vera')
    const otto = await world.connect(here, 'otto')
    there.endLogin({ loginId: 'login of vera', userId: null })
    expect([vera.closed, otto.closed]).toEqual(['login-ended', null])
    expect(vera.all('login.ended')).toEqual([{ userId: 'vera' }])
    there.endLogin({ loginId: null, userId: 'otto' })
    expect(otto.closed).toBe('login-ended')
  })
})

describe('operators', () => {
  it('[P3] are back with their first connection', async () => {
    const node = await world.node()
    await world.connect(node, 'olga', 'operator')
    expect(await statusOf('olga')).toBe('online')
  })

  it('[P3] keep their sessions for the grace, and lose nothing if they are back in time', async () => {
    const node = await world.node()
    const olga = await world.connect(node, 'olga', 'operator')
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    olga.leave()
    await world.clock.pass(GRACE - 1000)
    await world.connect(node, 'olga', 'operator')
    await world.clock.pass(GRACE)
    expect(await statusOf('olga')).toBe('online')
    expect((await sessionOf(sessionId))?.operatorId).toBe('olga')
  })

  it('[P3][P4] go offline when it is over, and their sessions wait again', async () => {
    const node = await world.node()
    const olga = await world.connect(node, 'olga', 'operator')
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.chat(vera)
    olga.leave()
    await world.clock.pass(GRACE + 2000)
    expect(await statusOf('olga')).toBe('offline')
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'waiting', operatorId: null })
    expect(vera.all('session.waiting')).toHaveLength(1)
  })

  it('[P2][P3] of a node that dies have their grace from when it is found dead', async () => {
    const [here, there] = [await world.node(), await world.node()]
    await world.connect(there, 'olga', 'operator')
    world.kill(there)
    await world.clock.pass(DEAD_AFTER_MS + 5000)
    expect(await isConnected('olga')).toBe(false)
    expect(await statusOf('olga')).toBe('online')
    await world.clock.pass(GRACE + 2000)
    expect(await statusOf('olga')).toBe('offline')
    await world.clock.until(here.stop())
  })

  it('[P2][P3] are not thought gone for an outage of the store', async () => {
    const { store, state } = shaky(world.store)
    const nodes = [await world.node({ operatorGraceMs: 1000 }, store), await world.node({}, store)]
    for (const node of nodes) await world.connect(node, 'olga', 'operator')
    state.down = true
    await world.clock.pass(5 * DEAD_AFTER_MS)
    state.down = false
    await world.clock.pass(5 * DEAD_AFTER_MS)
    expect(await isConnected('olga')).toBe(true)
    expect(await statusOf('olga')).toBe('online')
  })

  it('[P3] of a node that was cut off and buried are back as soon as it is', async () => {
    await world.node()
    const { store, state } = shaky(world.store)
    const cutOff = await world.node({}, store)
    const olga = await world.connect(cutOff, 'olga', 'operator')
    state.down = true
    await world.clock.pass(DEAD_AFTER_MS + GRACE + 8000)
    expect(await statusOf('olga')).toBe('offline')
    state.down = false
    await world.clock.pass(5000)
    expect(await isConnected('olga')).toBe(true)
    expect(await statusOf('olga')).toBe('online')
    olga.leave()
  })
})

describe('deadlines', () => {
  const brief = { waitingTimeoutMs: 60_000, idleTimeoutMs: 120_000 }

  it('[P4] a waiting session ends when its visitor has been gone long enough', async () => {
    const node = await world.node(brief)
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    await world.clock.pass(300_000)
    expect((await sessionOf(sessionId))?.status).toBe('waiting')
    vera.leave()
    await world.clock.pass(59_000)
    expect((await sessionOf(sessionId))?.status).toBe('waiting')
    await world.clock.pass(4000)
    expect(await sessionOf(sessionId)).toMatchObject({ status: 'ended', endReason: 'abandoned' })
  })

  it('[P4] an active one when nobody has written for long enough after that', async () => {
    const node = await world.node(brief)
    const olga = await world.connect(node, 'olga', 'operator')
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    vera.leave()
    await world.clock.pass(60_000)
    await world.write(olga, sessionId)
    await world.clock.pass(119_000)
    expect((await sessionOf(sessionId))?.status).toBe('active')
    await world.clock.pass(4000)
    expect((await sessionOf(sessionId))?.status).toBe('ended')
  })

  it('[P5] holds also when the node dies as soon as the session is there', async () => {
    const dying = await world.node(brief)
    const vera = await world.connect(dying, 'vera')
    const sessionId = await world.start(vera)
    world.kill(dying)
    await world.node(brief)
    await world.clock.pass(DEAD_AFTER_MS + 70_000)
    expect((await sessionOf(sessionId))?.status).toBe('ended')
  })

  it('0 turns a deadline off', async () => {
    const node = await world.node({ waitingTimeoutMs: 0, idleTimeoutMs: 0 })
    const vera = await world.connect(node, 'vera')
    const sessionId = await world.start(vera)
    vera.leave()
    await world.clock.pass(10_000_000)
    expect((await sessionOf(sessionId))?.status).toBe('waiting')
  })

  it('[P11] who asks now and then by requests is there', async () => {
    const node = await world.node(brief)
    const caller = { kind: 'person', userId: 'vera', role: 'visitor', name: null, loginId: 'l' } as const
    const { session } = await world.request(node, caller, 'session.start', {})
    for (let minute = 0; minute < 10; minute++) {
      await world.clock.pass(50_000)
      await world.request(node, caller, 'session.get', { sessionId: session.id })
    }
    expect((await sessionOf(session.id))?.status).toBe('waiting')
    await world.clock.pass(70_000)
    expect((await sessionOf(session.id))?.status).toBe('ended')
  })
})

describe('the queue', () => {
  it('[P6] is swept: what a fault has left waiting is served within 5 s', async () => {
    const node = await world.node()
    const caller = { kind: 'person', userId: 'vera', role: 'visitor', name: null, loginId: 'l' } as const
    const { session } = await world.request(node, caller, 'session.start', {})
    const row = world.store.rows.operators.get('olga')
    if (row) row.status = 'online'
    await world.clock.pass(5000)
    expect((await sessionOf(session.id))?.operatorId).toBe('olga')
  })
})

describe('stopping', () => {
  it('gives up the leases, with their grace, and refuses who comes', async () => {
    const [here, there] = [await world.node(), await world.node()]
    await world.connect(there, 'olga', 'operator')
    await world.clock.until(there.stop())
    expect(await isConnected('olga')).toBe(false)
    await expect(world.connect(there, 'vera')).rejects.toMatchObject({ code: 'unavailable' })
    await world.clock.pass(GRACE + 2000)
    expect(await statusOf('olga')).toBe('offline')
    await world.clock.until(here.stop())
  })

  it('waits for what is under way', async () => {
    let release: () => void = () => undefined
    const gate = new Promise<void>(resolve => {
      release = resolve
    })
    const slow = storeWith(world.store, {
      deskStats: async () => {
        await gate
        return world.store.deskStats()
      },
    })
    const node = await world.node({}, slow)
    const context = { caller: key, connection: null, requestId: null }
    const asked = node.perform('stats.desk', context, {})
    let stopped = false
    const stopping = node.stop().then(() => {
      stopped = true
    })
    await world.clock.pass(1000)
    expect(stopped).toBe(false)
    release()
    await world.clock.until(stopping)
    await expect(asked).resolves.toMatchObject({ totalSessions: 0 })
  })
})
