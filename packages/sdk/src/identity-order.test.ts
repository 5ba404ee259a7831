import { describe, expect, it } from 'vitest'
import { ParleyError } from './errors.ts'
import { createParley } from './parley.ts'
import { memoryStorage } from './storage.ts'
import { simFetch } from './testing/sim-rest.ts'
import { createSimWorld } from './testing/sim-world.ts'
import { createVisitorClient } from './visitor.ts'

const userHash = 'a'.repeat(64)
const ada = { userId: 'ada', userHash }
const bo = { userId: 'bo', userHash }

/** How long answers are on their way, in turn: later ones overtake. Milliseconds. */
const WAYS = [60, 5, 25, 45, 10, 15]

/** A visitor who has written, on a slow network. */
async function written(create: typeof createVisitorClient, turn: number) {
  const world = createSimWorld()
  const { server, time } = world
  const storage = memoryStorage()
  const reach = simFetch(server)
  const away = (ms: number) => new Promise<void>(resolve => time.clock.after(ms, resolve))
  let asked = turn
  const slow: typeof fetch = async (...request) => {
    const answer = await reach(...request)
    asked += 1
    await away(WAYS[asked % WAYS.length] ?? 0)
    return answer
  }
  const parley = create(world.options({ kind: 'visitor' }, storage, { environment: { fetch: slow } }))
  const session = parley.draftSession()
  session.subscribe(() => undefined)
  session.send('Hello')
  await time.advance(1000)
  const holder = async () => server.people.get((await storage.get('parley/token')) ?? '')?.id ?? null
  const owner = () => server.sessions.get('session-1')?.session.userId
  return { ...world, parley, session, storage, holder, owner }
}

describe.each([
  ['the whole client', createParley],
  ['the visitor’s client', createVisitorClient],
])('commands in quick succession, to %s', (_, create) => {
  const gaps = [0, 1, 5, 10, 20, 30, 45, 60]
  const cases = gaps.flatMap(gap => WAYS.map((__, turn) => [gap, turn] as const))

  it.each(cases)('%d ms apart, the last user stays (way %d)', async (gap, turn) => {
    const { parley, session, time, holder, owner } = await written(create, turn)
    const first = parley.identify(ada)
    await time.advance(gap)
    const second = parley.identify(bo)
    await time.advance(2000)
    await Promise.all([first, second])
    expect([await holder(), parley.me.getSnapshot()?.id, owner()]).toEqual(['bo', 'bo', 'ada'])
    expect(parley.connection.getSnapshot()).toEqual({ status: 'online' })
    expect(session.getSnapshot().messages).toEqual([])
    const own = parley.draftSession()
    own.subscribe(() => undefined)
    own.send('I am Bo')
    await time.advance(2000)
    expect(own.getSnapshot().messages.map(({ text, state }) => `${text} ${state}`)).toEqual(['I am Bo sent'])
  })

  it.each(gaps)('%d ms apart, who is forgotten stays so', async gap => {
    const { parley, time, storage } = await written(create, 0)
    const first = parley.identify(ada)
    await time.advance(gap)
    const second = parley.forget()
    await time.advance(2000)
    await Promise.all([first, second])
    expect(parley.me.getSnapshot()).toBeNull()
    expect(await storage.keys('')).toEqual([])
    expect(parley.connection.getSnapshot()).toEqual({ status: 'idle' })
  })

  it('one that fails does not keep the next from being carried out', async () => {
    const { parley, time, server, holder } = await written(create, 0)
    server.failNext.push(new ParleyError('forbidden'))
    const first = parley.identify(ada).catch((error: unknown) => error)
    const second = parley.identify(bo)
    await time.advance(2000)
    expect(await first).toMatchObject({ code: 'forbidden' })
    await second
    expect([await holder(), parley.me.getSnapshot()?.id]).toEqual(['bo', 'bo'])
  })
})
