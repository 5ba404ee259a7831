import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settle } from './testing/sim-clock.ts'
import { createSimWorld } from './testing/sim-world.ts'
import type { SessionHandle } from './types.ts'

type Act =
  | 'visitor writes'
  | 'operator writes'
  | 'both read'
  | 'links are cut'
  | 'an answer is lost'
  | 'an event is swallowed'
  | 'the server dies'
  | 'the server is back'
  | 'time passes'
  | 'a moment'

const act = fc.constantFrom<Act>(
  'visitor writes',
  'operator writes',
  'both read',
  'links are cut',
  'an answer is lost',
  'an event is swallowed',
  'the server dies',
  'the server is back',
  'time passes',
  'a moment',
)

async function createTalk() {
  const world = createSimWorld()
  const { server, as } = world
  const found = server.session('s1', 'lin')
  found.assign('ada')
  const visitor = as(server.person('lin')).session('s1')
  const operator = as(server.operator('ada')).session('s1')
  for (const side of [visitor, operator]) side.subscribe(() => undefined)
  await settle()
  return { ...world, found, visitor, operator }
}

type Talk = Awaited<ReturnType<typeof createTalk>>

async function take({ server, time, found, visitor, operator }: Talk, one: Act, text: string): Promise<void> {
  switch (one) {
    case 'visitor writes':
      visitor.send(text)
      break
    case 'operator writes':
      operator.send(text)
      break
    case 'both read':
      visitor.markRead()
      operator.markRead()
      break
    case 'links are cut':
      server.cut()
      break
    case 'an answer is lost':
      server.loseAnswers = 1
      break
    case 'an event is swallowed': {
      for (const peer of server.peers) peer.heard.delete('s1')
      found.rename(text)
      for (const peer of server.peers) peer.heard.add('s1')
      break
    }
    case 'the server dies':
      server.down()
      break
    case 'the server is back':
      server.up()
      break
    case 'time passes':
      await time.advance(3000)
      break
    default:
      await settle()
  }
}

const seen = (side: SessionHandle) =>
  side.getSnapshot().messages.map(({ text, state }) => ({ text, failed: state === 'failed' }))

describe('a conversation', () => {
  it('misses and doubles nothing on either side, whatever happens to the connections', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async acts => {
        const talk = await createTalk()
        const written: string[] = []
        for (const [n, one] of acts.entries()) {
          if (one.endsWith('writes')) written.push(`${n}`)
          await take(talk, one, `${n}`)
        }
        talk.server.up()
        talk.server.loseAnswers = 0
        // The server sees to it that a last event is not the one that nobody hears of.
        await talk.time.advance(60_000)
        talk.found.rename('the end')
        await talk.time.advance(5 * 60_000)
        const stored = talk.found.messages.map(({ text }) => ({ text, failed: false }))
        expect(stored.map(({ text }) => text).toSorted()).toEqual(written.toSorted())
        expect(seen(talk.visitor)).toEqual(stored)
        expect(seen(talk.operator)).toEqual(stored)
        expect(talk.visitor.getSnapshot().session?.lastChange).toBe(talk.found.session.lastChange)
      }),
      { numRuns: 150 },
    )
  })
})
