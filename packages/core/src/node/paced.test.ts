import { beforeEach, describe, expect, it } from 'vitest'
import { simClock } from '../../test/settle.ts'
import { Background } from './background.ts'
import { Paced } from './paced.ts'

const clock = simClock()
let background: Background
let problems: string[]
beforeEach(() => {
  problems = []
  background = new Background({
    clock,
    ids: { next: () => 'id', chance: () => 0.5 },
    report: ({ what }) => problems.push(what),
  })
})

/** When the runs began, from now; each takes `ms`, and those that the test names fail. */
function pacedWork(ms: number, fails: (run: number) => boolean = () => false) {
  const start = clock.now()
  const runs: number[] = []
  const paced = new Paced(background, clock, { what: 'work', gatherMs: 100 }, async () => {
    runs.push(clock.now() - start)
    await clock.sleep(ms)
    if (fails(runs.length)) throw new Error('this run fails')
  })
  return { paced, runs }
}

describe('paced work', () => {
  it('answers all requests of a moment with one run', async () => {
    const { paced, runs } = pacedWork(0)
    for (let i = 0; i < 5; i++) paced.request()
    await clock.pass(1000)
    expect(runs).toEqual([100])
  })

  it('runs once more for what is asked while it runs, after a rest of four times its length', async () => {
    const { paced, runs } = pacedWork(200)
    paced.request()
    await clock.pass(150)
    paced.request()
    paced.request()
    await clock.pass(5000)
    expect(runs).toEqual([100, 300 + 4 * 200])
  })

  it('tries again after a failure, and tells of it', async () => {
    const { paced, runs } = pacedWork(0, run => run < 3)
    paced.request()
    await clock.pass(5000)
    expect(runs).toEqual([100, 1100, 2100])
    expect(problems).toEqual(['work', 'work'])
  })
})

describe('background work', () => {
  it('goes on after a failure, never two at once', async () => {
    let running = 0
    let most = 0
    let runs = 0
    background.every('beating', 1000, async () => {
      running++
      most = Math.max(most, running)
      await clock.sleep(1500)
      running--
      runs++
      throw new Error('it fails each time')
    })
    await clock.pass(10_000)
    expect([most, runs, problems.length]).toEqual([1, 4, 4])
    await clock.until(background.stop())
    await clock.pass(10_000)
    expect(runs).toBe(4)
  })

  it('stops only when what is under way has ended, and begins nothing more', async () => {
    const done: string[] = []
    background.run('slow', async () => {
      await clock.sleep(500)
      done.push('slow')
    })
    background.after(100, () => done.push('timer'))
    const stopping = background.stop().then(() => done.push('stopped'))
    background.run('late', () => Promise.resolve(done.push('late')))
    await clock.until(stopping)
    expect(done).toEqual(['slow', 'stopped'])
  })
})
