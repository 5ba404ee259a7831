import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MarkRequest } from '../ports/store/message-store.ts'
import { MarkBatch } from './mark-batch.ts'
import { seqRuns } from './seq-runs.ts'

const run = (from: number, to: number, sessionId = 's'): MarkRequest => ({
  sessionId,
  userId: 'vera',
  kind: 'delivered',
  from,
  to,
})
const members = (runs: readonly { from: number; to: number }[]) =>
  new Set(runs.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)))

describe('runs that wait to be marked', () => {
  it('are joined where they touch, and taken lowest first', () => {
    const batch = new MarkBatch()
    for (const one of [run(5, 6), run(1, 2), run(3, 3), run(1, 1, 't')]) batch.add(one)
    expect(batch.take()).toEqual([run(1, 3), run(5, 6), run(1, 1, 't')])
    expect(batch.isEmpty()).toBe(true)
  })

  it('hold exactly what was put in, in runs that are apart', () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 5 }))
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 15 }), pairs => {
        const batch = new MarkBatch()
        const added = pairs.map(([from, more]) => run(from, from + more))
        for (const one of added) batch.add(one)
        const taken = batch.take()
        expect(members(taken)).toEqual(new Set([...members(added)].sort((a, b) => a - b)))
        for (const [index, { from }] of taken.slice(1).entries())
          expect(from).toBeGreaterThan((taken[index]?.to ?? 0) + 1)
      }),
    )
  })
})

describe('the runs of a list of messages', () => {
  it('end at a hole, whatever the order', () => {
    expect(seqRuns([{ seq: 7 }, { seq: 2 }, { seq: 1 }, { seq: 3 }])).toEqual([
      { fromSeq: 1, toSeq: 3 },
      { fromSeq: 7, toSeq: 7 },
    ])
    expect(seqRuns([])).toEqual([])
  })
})
