import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ParleyError } from '../errors.ts'
import { backoff, LONGEST_DELAY_MS } from '../retry.ts'
import { settle } from '../testing/sim-clock.ts'
import { createSimWorld } from '../testing/sim-world.ts'

describe('a connection', () => {
  it('is not made before it is needed', async () => {
    const { as, server } = createSimWorld()
    const parley = as(server.person('lin'))
    await settle()
    expect(parley.connection.getSnapshot()).toEqual({ status: 'idle' })
    expect(server.asked).toEqual([])
    parley.session('s1').subscribe(() => undefined)
    expect(parley.connection.getSnapshot()).toEqual({ status: 'connecting' })
    await settle()
    expect(parley.connection.getSnapshot()).toEqual({ status: 'online' })
  })

  it('stays idle where there is nobody', async () => {
    const { client, server } = createSimWorld()
    let token: string | null = null
    const parley = client({ kind: 'token', get: () => token })
    parley.connect()
    await settle()
    expect(parley.connection.getSnapshot()).toEqual({ status: 'idle' })
    token = server.person('lin')
    parley.connect()
    await settle()
    expect(parley.me.getSnapshot()?.id).toBe('lin')
  })

  it('renews a token that is no longer taken, once', async () => {
    const { client, server } = createSimWorld()
    let token = 'too old'
    let renewals = 0
    const renew = () => {
      renewals += 1
      token = server.person('lin')
      return token
    }
    const parley = client({ kind: 'token', get: () => token, renew })
    parley.connect()
    await settle()
    expect(parley.connection.getSnapshot()).toEqual({ status: 'online' })
    expect(renewals).toBe(1)
  })

  it('is refused when the new token is no better, and can be tried again after signing in', async () => {
    const { client, server, time } = createSimWorld()
    let token = 'too old'
    let renewals = 0
    const renew = () => {
      renewals += 1
      return token
    }
    const parley = client({ kind: 'token', get: () => token, renew })
    parley.connect()
    await time.advance(120_000)
    expect(parley.connection.getSnapshot()).toEqual({ status: 'refused', code: 'unauthorized' })
    expect(renewals).toBeLessThanOrEqual(1)
    token = server.person('lin')
    parley.connect()
    await settle()
    expect(parley.connection.getSnapshot()).toEqual({ status: 'online' })
  })

  it('goes on trying when the token can’t be renewed for the moment', async () => {
    const { client, server, time } = createSimWorld()
    let token = 'too old'
    let away = true
    const renew = () => {
      if (away) throw new ParleyError('unreachable')
      token = server.person('lin')
      return token
    }
    const parley = client({ kind: 'token', get: () => token, renew })
    parley.connect()
    await settle()
    expect(parley.connection.getSnapshot().status).toBe('reconnecting')
    away = false
    await time.advance(60_000)
    expect(parley.connection.getSnapshot().status).toBe('online')
  })

  it('renews once for many requests that fail together', async () => {
    const { client, server } = createSimWorld()
    let token = 'too old'
    let renewals = 0
    const renew = () => {
      renewals += 1
      token = server.person('lin')
      return token
    }
    const parley = client({ kind: 'token', get: () => token, renew })
    const all = await Promise.all([parley.call('auth.me'), parley.call('auth.me'), parley.call('auth.me')])
    expect(all.map(({ id }) => id)).toEqual(['lin', 'lin', 'lin'])
    expect(renewals).toBe(1)
  })

  it.each(['protocol_outdated', 'forbidden'] as const)('is refused for good: %s', async code => {
    const { as, server, time } = createSimWorld()
    server.refusal = new ParleyError(code)
    const parley = as(server.person('lin'))
    parley.connect()
    await time.advance(120_000)
    expect(parley.connection.getSnapshot()).toEqual({ status: 'refused', code })
    expect(time.pending()).toBe(0)
  })

  it('uses the console’s cookie without a token', async () => {
    const { client, server } = createSimWorld()
    server.people.set('cookie', { id: 'ada', role: 'operator', name: 'Ada', avatar: null })
    const parley = client({ kind: 'cookie' })
    parley.connect()
    await settle()
    expect(parley.me.getSnapshot()?.name).toBe('Ada')
  })

  it('asks who signs in after somebody has signed out', async () => {
    const { client, server } = createSimWorld()
    server.people.set('cookie', { id: 'ada', role: 'operator', name: 'Ada', avatar: null })
    const parley = client({ kind: 'cookie' })
    parley.connect()
    await settle()
    parley.disconnect()
    server.people.set('cookie', { id: 'ben', role: 'operator', name: 'Ben', avatar: null })
    parley.connect()
    await settle()
    expect(parley.me.getSnapshot()?.name).toBe('Ben')
  })

  it('waits longer and longer, and as long as the server asks', async () => {
    const { as, server, time } = createSimWorld()
    const parley = as(server.person('lin'))
    server.reachable = false
    parley.connect()
    await settle()
    const attempts: number[] = []
    parley.connection.subscribe(() => {
      const state = parley.connection.getSnapshot()
      if (state.status === 'reconnecting' && !attempts.includes(state.attempt)) attempts.push(state.attempt)
    })
    // Half of 0.5 s, 1 s, 2 s, 4 s: chance is 0.5 here.
    await time.advance(250 + 500 + 1000)
    expect(attempts).toEqual([1, 2, 3, 4])
    server.reachable = true
    server.refusal = new ParleyError('rate_limited', { retryAfterMs: 60_000 })
    await time.advance(2000)
    server.refusal = null
    await time.advance(59_999)
    expect(parley.connection.getSnapshot().status).toBe('reconnecting')
    await time.advance(1)
    expect(parley.connection.getSnapshot().status).toBe('online')
  })

  it('does not start from the shortest pause while it keeps breaking', async () => {
    const { as, server, time } = createSimWorld()
    const parley = as(server.person('lin'))
    parley.connect()
    await settle()
    const attempts: number[] = []
    for (let n = 0; n < 4; n++) {
      server.cut()
      await settle()
      const state = parley.connection.getSnapshot()
      if (state.status === 'reconnecting') attempts.push(state.attempt)
      await time.advance(9000)
    }
    expect(attempts).toEqual([1, 2, 3, 4])
    await time.advance(10_000)
    server.cut()
    await settle()
    expect(parley.connection.getSnapshot()).toMatchObject({ status: 'reconnecting', attempt: 1 })
  })

  it('leaves nothing behind when it is closed', async () => {
    const { as, server, time, device } = createSimWorld()
    const parley = as(server.person('lin'))
    const stop = parley.session('s1').subscribe(() => undefined)
    await settle()
    stop()
    parley.close()
    device.hint()
    await settle()
    expect(server.peers.size).toBe(0)
    expect(time.pending()).toBe(0)
    expect(parley.connection.getSnapshot()).toEqual({ status: 'idle' })
  })
})

describe('backoff', () => {
  it('is spread from nothing to twice as much each time, up to a limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, chance) => {
          const most = Math.min(LONGEST_DELAY_MS, 500 * 2 ** (attempt - 1))
          expect(backoff(attempt, () => chance)).toBe(chance * most)
        },
      ),
    )
  })
})
