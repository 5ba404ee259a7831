import type { BusMessage } from '@parley/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BACK_OFF_MAX_MS, GATHER_MS, LOOK_EVERY_MS, SearchFeeder } from './search-feeder.ts'
import { TOLD_MAX } from './search-index.ts'

/** An index of sessions that are behind, and a bus that tells of some. */
function world() {
  const behind = new Set<string>()
  const steps: string[][] = []
  const looks: string[] = []
  let away = false
  let taken = false
  let stretches: (string | null)[] = []
  let listener: (message: BusMessage) => void = () => undefined
  const report = vi.fn()
  const feeder = new SearchFeeder({
    index: {
      feed(sessionIds) {
        if (away) return Promise.reject(new Error('away'))
        if (taken) return Promise.resolve(null)
        steps.push([...sessionIds])
        for (const id of sessionIds) behind.delete(id)
        return Promise.resolve(sessionIds)
      },
      look(after) {
        if (away) return Promise.reject(new Error('away'))
        looks.push(after)
        return Promise.resolve({
          behind: [...behind].slice(0, TOLD_MAX),
          next: stretches.shift() ?? null,
        })
      },
    },
    bus: {
      subscribe(heard) {
        listener = heard
        return () => {
          listener = () => undefined
        }
      },
    },
    clock: {
      now: Date.now,
      after(ms, task) {
        const timer = setTimeout(task, ms)
        return () => clearTimeout(timer)
      },
    },
    report,
  })
  return {
    ...{ behind, steps, looks, report, feeder },
    tell: (sessionId: string) =>
      listener({ kind: 'change', sessionId, change: 1, alsoTo: [] } as unknown as BusMessage),
    goAway: (is: boolean) => {
      away = is
    },
    takenByAnother: (is: boolean) => {
      taken = is
    },
    inStretches: (next: (string | null)[]) => {
      stretches = next
    },
  }
}

describe('the feeder of the search index', () => {
  vi.useFakeTimers()
  let running: SearchFeeder | null = null
  const open = () => {
    const made = world()
    running = made.feeder
    return made
  }
  afterEach(() => running?.stop())
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  it('[Q9] takes in at its start what is behind, in all stretches', async () => {
    const { behind, steps, looks, inStretches } = open()
    for (const id of ['a', 'b']) behind.add(id)
    inStretches(['m', 't', null])
    await pass(1)
    expect(looks).toEqual(['', 'm', 't'])
    expect(steps).toEqual([['a', 'b']])
  })

  it('looks at once again where there was more than one look tells', async () => {
    const { behind, steps, looks } = open()
    for (let n = 0; n < TOLD_MAX + 5; n += 1) behind.add(`s${n}`)
    await pass(1)
    expect(looks).toEqual(['', ''])
    expect(steps.flat().length).toBe(TOLD_MAX + 5)
  })

  it('takes in what the bus tells of, together, a moment later', async () => {
    const { steps, tell } = open()
    await pass(1)
    for (const id of ['a', 'b', 'a']) tell(id)
    await pass(GATHER_MS - 1)
    expect(steps).toEqual([])
    await pass(1)
    expect(steps).toEqual([['a', 'b']])
  })

  it('looks for what the bus has not told of, however much it tells', async () => {
    const { steps, behind, tell, looks } = open()
    await pass(1)
    behind.add('untold')
    for (let n = 0; n < 30; n += 1) {
      tell('busy')
      await pass(LOOK_EVERY_MS / 20)
    }
    expect(looks.length).toBe(2)
    expect(steps.flat()).toContain('untold')
  })

  it('keeps what another node was about to take in, until it is sure', async () => {
    const { steps, tell, takenByAnother, report } = open()
    await pass(1)
    takenByAnother(true)
    tell('a')
    await pass(GATHER_MS * 4)
    expect(steps).toEqual([])
    takenByAnother(false)
    await pass(GATHER_MS)
    expect(steps).toEqual([['a']])
    expect(report).not.toHaveBeenCalled()
  })

  it('backs off while the store is away, whatever the bus tells, and goes on when it is back', async () => {
    const { steps, tell, goAway, report } = open()
    await pass(1)
    goAway(true)
    for (let n = 0; n < 600; n += 1) {
      tell('a')
      await pass(200)
    }
    expect(report.mock.calls.length).toBeGreaterThan(5)
    expect(report.mock.calls.length).toBeLessThan(15)
    goAway(false)
    await pass(BACK_OFF_MAX_MS)
    expect(steps).toEqual([['a']])
    tell('b')
    await pass(GATHER_MS)
    expect(steps).toEqual([['a'], ['b']])
  })

  it('does nothing any more once it is stopped', async () => {
    const { steps, looks, tell, feeder } = open()
    await pass(1)
    tell('a')
    await feeder.stop()
    await pass(60_000)
    expect([steps, looks.length]).toEqual([[], 1])
  })
})
