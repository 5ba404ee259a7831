import { describe, expect, it } from 'vitest'
import { settle } from './testing/sim-clock.ts'
import { createSimWorld } from './testing/sim-world.ts'
import type { Excerpt, Observable } from './types.ts'

const use = (observable: Observable<unknown>) => observable.subscribe(() => undefined)

/** Lin looks at a group of 400 messages by Ben, of which the newest 50 are loaded. */
async function createPast(seq: number) {
  const world = createSimWorld()
  const { server } = world
  const lin = world.as(server.person('lin', 'user'))
  server.person('ben', 'user')
  const group = server.chat('group', 'g1', ['ben', 'lin'], 'Ward 3')
  for (let n = 1; n <= 400; n += 1) group.send({ senderId: 'ben', text: `${n}` })
  const handle = lin.session('g1')
  use(handle)
  await settle()
  const excerpt = handle.excerpt(seq)
  use(excerpt)
  await settle()
  return { ...world, group, handle, excerpt }
}

const seqs = (excerpt: Pick<Excerpt, 'getSnapshot'>) =>
  excerpt.getSnapshot().messages.map(message => ('seq' in message ? message.seq : 0))
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n)

describe('an excerpt', () => {
  it('has the messages around one, and asks for more on both sides', async () => {
    const { excerpt } = await createPast(200)
    expect(seqs(excerpt)).toEqual(from(171, 230))
    expect(excerpt.getSnapshot()).toMatchObject({ hasOlder: true, hasNewer: true, loading: false })
    await excerpt.loadOlder()
    await excerpt.loadNewer()
    expect(seqs(excerpt)).toEqual(from(141, 260))
  })

  it('reaches the beginning', async () => {
    const { excerpt } = await createPast(5)
    expect(seqs(excerpt)[0]).toBe(1)
    expect(excerpt.getSnapshot().hasOlder).toBe(false)
  })

  it('joins what the session shows as soon as they meet', async () => {
    const { excerpt, handle } = await createPast(300)
    const before = handle.getSnapshot().messages.length
    await excerpt.loadNewer()
    expect(excerpt.getSnapshot().hasNewer).toBe(false)
    expect(handle.getSnapshot().messages.map(message => ('seq' in message ? message.seq : 0))).toEqual(
      from(271, 400),
    )
    expect(before).toBe(50)
  })

  it('shows recalls and reactions as they come, and nothing that is new', async () => {
    const { excerpt, group, time } = await createPast(100)
    group.recall(100)
    group.react(101, 'ben', '👍')
    group.send({ senderId: 'ben', text: 'new' })
    await time.advance(500)
    const [recalled, reacted] = excerpt.getSnapshot().messages.slice(29, 31)
    expect(recalled).toMatchObject({ seq: 100, recalled: true, text: '' })
    expect(reacted).toMatchObject({ seq: 101, reactions: { '👍': ['ben'] } })
    expect(seqs(excerpt).at(-1)).toBe(130)
  })

  it('says that it could not be loaded, and is asked for again', async () => {
    const { server, as } = createSimWorld()
    const lin = as(server.person('lin', 'user'))
    const excerpt = lin.session('g1').excerpt(1)
    use(excerpt)
    await settle()
    expect(excerpt.getSnapshot()).toMatchObject({ loading: false, error: { code: 'not_found' } })
    server.chat('group', 'g1', ['lin'], 'There now').send({ senderId: 'lin', text: '1' })
    await excerpt.loadNewer()
    expect(seqs(excerpt)).toEqual([1])
  })
})
