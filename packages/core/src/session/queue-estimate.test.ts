import type { Session } from '@parley/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caller, key, RulesWorld } from '../../test/rules-world.ts'
import { estimateWait, RECENT_MS } from './queue-estimate.ts'

const MINUTE = 60_000
const now = Date.UTC(2026, 0, 1)

/** How long ago each was taken, and how long it had waited, in minutes. */
const waits = (...taken: (readonly [ago: number, waited: number])[]) =>
  taken.map(([ago, waited]) => ({
    assignedAt: new Date(now - ago * MINUTE).toISOString(),
    waitedMs: waited * MINUTE,
  }))
const minutes = (from: number, to: number) => ({ fromMs: from * MINUTE, toMs: to * MINUTE })

describe('estimateWait', () => {
  it('[S14] says nothing with fewer than three who really waited', () => {
    expect(estimateWait(1, [], now)).toBeNull()
    expect(estimateWait(1, waits([1, 5], [2, 5]), now)).toBeNull()
    expect(estimateWait(1, waits([1, 5], [2, 5], [3, 0], [4, 0.01]), now)).toBeNull()
  })

  it('[S14] says nothing from what was long ago', () => {
    const old = RECENT_MS / MINUTE
    expect(estimateWait(1, waits([1, 5], [2, 5], [old + 1, 5]), now)).toBeNull()
    expect(estimateWait(1, waits([1, 5], [2, 5], [old, 5]), now)).not.toBeNull()
  })

  it('[S14] a queue that moves every three minutes takes three minutes a place', () => {
    const steady = waits([0, 20], [3, 20], [6, 20], [9, 20], [12, 20])
    expect(estimateWait(1, steady, now)).toEqual(minutes(3, 3))
    expect(estimateWait(4, steady, now)).toEqual(minutes(12, 12))
  })

  it('[S14] one who came when nobody waited says how long the first place takes, not how long nobody came', () => {
    expect(estimateWait(1, waits([0, 2], [60, 2], [100, 2]), now)).toEqual(minutes(2, 2))
  })

  it('[S14] the range is from the lower to the upper quartile; of few, from the least to the most', () => {
    expect(estimateWait(2, waits([0, 9], [1, 9], [5, 9]), now)).toEqual(minutes(2, 8))
    const uneven = waits([0, 99], [1, 99], [3, 99], [6, 99], [10, 99], [15, 99])
    expect(estimateWait(1, uneven, now)).toEqual(minutes(2, 4))
  })

  it('[S14] is a range of whole milliseconds that grows with the place, whatever the order of the waits', () => {
    const wait = fc.record({ waitedMs: fc.nat(9_000_000), ago: fc.nat(9_000_000) })
    fc.assert(
      fc.property(fc.array(wait, { maxLength: 30 }), fc.integer({ min: 1, max: 50 }), (some, place) => {
        const recent = some.map(({ waitedMs, ago }) => ({
          waitedMs,
          assignedAt: new Date(now - ago).toISOString(),
        }))
        const here = estimateWait(place, recent, now)
        expect(estimateWait(place, recent.toReversed(), now)).toEqual(here)
        const behind = estimateWait(place + 1, recent, now)
        if (!here || !behind) {
          expect(behind).toBe(here)
          return
        }
        expect(here.fromMs).toBeGreaterThanOrEqual(0)
        expect(here.toMs).toBeGreaterThanOrEqual(here.fromMs)
        expect(behind.toMs).toBeGreaterThanOrEqual(here.toMs)
        expect(Number.isInteger(here.fromMs) && Number.isInteger(here.toMs)).toBe(true)
      }),
    )
  })

  it('[S14] is in every answer that shows one who waits, in none that shows another', async () => {
    const world = new RulesWorld()
    const ann = await world.operator('ann', 1)
    const people = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => caller(id, 'visitor'))
    const sessions: Session[] = []
    for (const person of people) sessions.push(await world.start(person))
    for (const { id } of sessions.slice(0, 4)) {
      world.now += 2 * MINUTE
      await world.call('session.end', key, { sessionId: id })
    }
    const [e, f] = [sessions[4]?.id ?? '', sessions[5]?.id ?? '']
    expect((await world.call('session.get', key, { sessionId: e })).queueEstimate).toBeNull()
    const estimate = { fromMs: 2 * MINUTE, toMs: 2 * MINUTE }
    expect((await world.call('session.get', ann, { sessionId: f })).queueEstimate).toEqual(estimate)
    const { items } = await world.call('session.active', key, {})
    expect(items.map(({ queueEstimate }) => queueEstimate)).toEqual([estimate, null])
  })
})
