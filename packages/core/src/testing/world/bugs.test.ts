import { describe, expect, it } from 'vitest'
import { settle } from '../../../test/settle.ts'
import { BUGS, type Bug } from './bugs.ts'
import { Violation } from './violation.ts'
import { World } from './world.ts'

/** So many worlds are enough to meet any of them. */
const SEEDS = 100

async function violationIn(seed: number, planted: Bug['planted']): Promise<string> {
  try {
    await new World(seed, settle, planted).run()
    return 'none'
  } catch (cause) {
    if (cause instanceof Violation) return cause.message
    throw cause
  }
}

describe('the simulated world finds a planted bug', () => {
  it.each(BUGS)('[$rule] $what', { timeout: 120_000 }, async ({ rule, says, planted }) => {
    const isIt = (message: string) => message.startsWith(`[${rule}] `) && says.test(message)
    const seen: string[] = []
    for (let seed = 1; seed <= SEEDS && !seen.some(isIt); seed++) seen.push(await violationIn(seed, planted))
    expect(seen.find(isIt), `saw only: ${[...new Set(seen)].join('; ')}`).toBeDefined()
  })
})
