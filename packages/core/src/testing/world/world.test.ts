import { describe, expect, it } from 'vitest'
import { settle } from '../../../test/settle.ts'
import { KNOWN_SEEDS } from './known-seeds.ts'
import { World } from './world.ts'

/**
 * `PARLEY_TEST_SEED=123` runs that world alone, `PARLEY_TEST_SEEDS=200` fewer (or more) than the usual number, from
 * `PARLEY_TEST_SEED` on if both are given.
 */
const { PARLEY_TEST_SEED, PARLEY_TEST_SEEDS } = process.env
const FIRST = Number(PARLEY_TEST_SEED ?? 1)
const COUNT = Number(PARLEY_TEST_SEEDS ?? (PARLEY_TEST_SEED === undefined ? 500 : 1))
const PAGE = 100
const pages = Array.from({ length: Math.ceil(COUNT / PAGE) }, (_, page) => ({
  from: FIRST + page * PAGE,
  to: FIRST + Math.min(COUNT, (page + 1) * PAGE) - 1,
}))

/** Answers with the seeds that failed, how to run each alone, and why. */
async function failuresOf(seed: number): Promise<string[]> {
  try {
    await new World(seed, settle).run()
    return []
  } catch (cause) {
    const command = `PARLEY_TEST_SEED=${seed} pnpm --filter @parley/core exec vitest run src/testing/world/world.test.ts`
    return [`${command}\n  ${cause instanceof Error ? cause.stack : String(cause)}`]
  }
}

describe('the simulated world', () => {
  it.each(KNOWN_SEEDS)('holds all rules where it once found: $found', async ({ seed }) => {
    expect((await failuresOf(seed)).join('\n')).toBe('')
  })

  it.each(pages)('holds all rules for seeds $from to $to', { timeout: 300_000 }, async ({ from, to }) => {
    const failures: string[] = []
    for (let seed = from; seed <= to; seed++) failures.push(...(await failuresOf(seed)))
    expect(failures.join('\n')).toBe('')
  })

  it('is the same world for the same seed', async () => {
    const lives: string[] = []
    for (let life = 0; life < 2; life++) {
      const world = new World(7, settle)
      await world.run()
      lives.push(
        JSON.stringify([...world.store.rows.sessions.values()].map(({ id, messages }) => [id, messages])),
      )
    }
    expect(lives[0]).toBe(lives[1])
  })
})
