import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Check, healthHandlers } from './index.ts'

const fine: Check = () => Promise.resolve()
const broken: Check = () => Promise.reject(new Error('away'))
const silent: Check = () => new Promise(() => undefined)

let now = 0
const timers = new Set<{ readonly at: number; readonly task: () => void }>()
const clock = {
  now: () => now,
  after(ms: number, task: () => void) {
    const timer = { at: now + ms, task }
    timers.add(timer)
    return () => timers.delete(timer)
  },
}
function pass(ms: number) {
  now += ms
  for (const timer of timers) if (timer.at <= now) timer.task()
}

const context = {} as Parameters<ReturnType<typeof healthHandlers>['health.get']>[0]
const handlers = (database: Check, redis: Check | null = null) =>
  healthHandlers({ version: '1.2.3', clock, database, redis, links: { docs: '/docs' } })

beforeEach(() => {
  now = 1_700_000_000_000
  timers.clear()
})

async function ask(database: Check, redis: Check | null = null) {
  const answer = handlers(database, redis)['health.get'](context, {})
  await new Promise(setImmediate)
  pass(2000)
  return await answer
}

describe('health', () => {
  it.each([
    ['ok', fine, null, 'up', 'not_configured'],
    ['ok', fine, fine, 'up', 'up'],
    ['degraded', fine, broken, 'up', 'down'],
    ['degraded', fine, silent, 'up', 'down'],
    ['down', broken, fine, 'down', 'up'],
    ['down', silent, silent, 'down', 'down'],
  ])('is %s', async (status, database, redis, databaseIs, redisIs) => {
    expect(await ask(database, redis)).toMatchObject({
      status,
      checks: { database: databaseIs, redis: redisIs },
    })
  })

  it('says version, time and how long the server has run', async () => {
    const { 'health.get': get } = handlers(fine)
    now += 90_400
    expect(await get(context, {})).toMatchObject({
      version: '1.2.3',
      timestamp: '2023-11-14T22:14:50.400Z',
      uptime: 90,
    })
  })

  it('takes as long as one check, and makes one, however many ask', async () => {
    const check = vi.fn(silent)
    const { 'health.get': get } = handlers(check)
    const answers = Promise.all(Array.from({ length: 50 }, () => get(context, {})))
    pass(2000)
    expect((await answers).map(answer => answer.status)).toEqual(Array(50).fill('down'))
    expect(check).toHaveBeenCalledTimes(1)
  })

  it('leaves no timer behind', async () => {
    await handlers(fine, fine)['health.get'](context, {})
    expect(timers.size).toBe(0)
  })

  it('tells who asks at the door where to look', async () => {
    const { 'root.get': get } = handlers(fine)
    expect(await get(context, {})).toEqual({ name: 'Parley', version: '1.2.3', links: { docs: '/docs' } })
  })
})
