import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settle } from '../testing/sim-clock.ts'
import { createDesk, createTab, type Fate, say } from '../testing/sim-sends.ts'

const fate = fc.constantFrom<Fate>(
  'taken',
  'lost',
  'unavailable',
  'unreachable',
  'rate_limited',
  'session_ended',
  'internal',
)
type Act = 'say' | 'reload' | 'offline' | 'online' | 'wait'
const act = fc.constantFrom<Act>('say', 'reload', 'offline', 'online', 'wait')

/** A person who writes while the page reloads and the network comes and goes; at the end all is well for half an hour. */
async function live(fates: readonly Fate[], acts: readonly Act[]) {
  const { time, server, storage, queue: first } = await createDesk()
  server.fates.push(...fates)
  let queue = first
  let written = 0
  const reload = async () => {
    await settle()
    queue.close()
    ;({ queue } = createTab(time, server, storage))
    await queue.setPerson('lin', false)
  }
  for (const one of acts) {
    if (one === 'say') say(queue, `${written++}`)
    else if (one === 'reload') await reload()
    else if (one === 'wait') await time.advance(2000)
    else server.online = one === 'online'
  }
  server.online = true
  queue.flush()
  await time.advance(30 * 60_000)
  return { written, queue, stored: (server.stored.get('s1') ?? []).map(Number) }
}

describe('whatever the server and the network do', () => {
  it('every message is stored once and in order, or shown as failed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 15 }),
        fc.array(act, { maxLength: 12 }),
        async (fates, acts) => {
          const { written, queue, stored } = await live(fates, acts)
          const failed = queue.all().map(({ text }) => Number(text))
          expect(queue.all().filter(entry => entry.failed === null)).toEqual([])
          expect(stored).toEqual([...new Set(stored)].sort((a, b) => a - b))
          // One whose answer was lost, and that was then refused, is both. None is neither.
          expect(new Set([...stored, ...failed]).size).toBe(written)
        },
      ),
      { numRuns: 300 },
    )
  })
})
