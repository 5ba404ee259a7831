import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../storage.ts'
import { createSimClock, settle } from '../testing/sim-clock.ts'
import { createDesk, createLocks, createServer, createTab, say, texts } from '../testing/sim-sends.ts'
import { STALE_AFTER_MS } from './outgoing-entry.ts'

describe('the outgoing queue', () => {
  it('sends in order, one after the other', async () => {
    const { queue, server, time } = await createDesk()
    for (const text of ['one', 'two', 'three']) say(queue, text)
    await time.advance(0)
    await settle()
    await time.advance(1000)
    expect(server.stored.get('s1')).toEqual(['one', 'two', 'three'])
    expect(queue.all()).toEqual([])
  })

  it('keeps the order when one has to wait, and sends it with the same id', async () => {
    const { queue, server, time } = await createDesk()
    server.fates.push('lost', 'unavailable')
    for (const text of ['one', 'two']) say(queue, text)
    await time.advance(60_000)
    expect(server.tries).toEqual(['one', 'one', 'one', 'two'])
    expect(server.stored.get('s1')).toEqual(['one', 'two'])
  })

  it('marks what is refused and goes on with the next', async () => {
    const { queue, server, time, failed } = await createDesk()
    server.fates.push('session_ended')
    for (const text of ['one', 'two']) say(queue, text)
    await time.advance(1000)
    expect(failed).toEqual(['one session_ended'])
    expect(texts(queue.of('s1'))).toEqual(['one session_ended'])
    expect(server.stored.get('s1')).toEqual(['two'])
  })

  it('lets a person try again, or drop it', async () => {
    const { queue, server, time } = await createDesk()
    server.fates.push('forbidden', 'forbidden')
    const one = say(queue, 'one')
    const two = say(queue, 'two')
    await time.advance(1000)
    queue.retry(one.clientMessageId)
    queue.discard(two.clientMessageId)
    await time.advance(1000)
    expect(server.stored.get('s1')).toEqual(['one'])
    expect(queue.all()).toEqual([])
  })

  it('waits as long as the server asks, whatever is written meanwhile', async () => {
    const { queue, server, time } = await createDesk()
    server.fates.push('rate_limited')
    say(queue, 'one')
    await time.advance(60_000)
    say(queue, 'two')
    await time.advance(29_999)
    expect(server.tries).toEqual(['one'])
    await time.advance(1000)
    expect(server.stored.get('s1')).toEqual(['one', 'two'])
  })

  it('holds up nobody in another session', async () => {
    const { queue, server, time } = await createDesk()
    server.fates.push('rate_limited')
    say(queue, 'slow', 's1')
    await settle()
    say(queue, 'fast', 's2')
    await time.advance(1000)
    expect(server.stored.get('s2')).toEqual(['fast'])
  })

  it('takes a message that breaks the server five times for the message’s own fault', async () => {
    const { queue, server, time, failed } = await createDesk()
    server.fates.push('internal', 'internal', 'internal', 'internal', 'internal')
    for (const text of ['poison', 'good']) say(queue, text)
    await time.advance(120_000)
    expect(failed).toEqual(['poison internal'])
    expect(server.stored.get('s1')).toEqual(['good'])
  })

  it.each(['unauthorized', 'protocol_outdated'] as const)(
    'keeps what %s stops: the connection will say',
    async code => {
      const { queue, server, time, failed } = await createDesk()
      server.fates.push(code)
      say(queue, 'one')
      await time.advance(60_000)
      expect(failed).toEqual([])
      expect(server.stored.get('s1')).toEqual(['one'])
    },
  )

  it('starts the draft’s session with its first message, once, and sends the others after it', async () => {
    const { queue, server, time } = await createDesk()
    server.fates.push('lost', 'taken')
    for (const text of ['one', 'two']) say(queue, text, null)
    await time.advance(60_000)
    expect(server.starts).toBe(1)
    expect(server.stored.get('started')).toEqual(['one', 'two'])
  })

  it('is there again after a reload, and tells what was never acknowledged once', async () => {
    const { queue, server, storage, time } = await createDesk()
    server.fates.push('lost')
    say(queue, 'one')
    await settle()
    server.online = false
    say(queue, 'two')
    await time.advance(0)
    queue.close()

    const after = createTab(time, server, storage)
    await after.queue.setPerson('lin', false)
    expect(texts(after.queue.of('s1'))).toEqual(['one', 'two'])
    server.online = true
    after.queue.flush()
    await time.advance(1000)
    expect(server.stored.get('s1')).toEqual(['one', 'two'])
  })

  it('does not send unasked what was written a day ago', async () => {
    const { queue, server, storage, time } = await createDesk()
    server.online = false
    const { clientMessageId } = say(queue, 'old')
    await settle()
    queue.close()
    await time.advance(STALE_AFTER_MS + 1)

    server.online = true
    const after = createTab(time, server, storage)
    await after.queue.setPerson('lin', false)
    await time.advance(1000)
    expect(texts(after.queue.of('s1'))).toEqual(['old stale'])
    after.queue.retry(clientMessageId)
    await time.advance(1000)
    expect(server.stored.get('s1')).toEqual(['old'])
  })

  it('belongs to who wrote it', async () => {
    const { queue, server, storage, time } = await createDesk()
    server.online = false
    say(queue, 'mine')
    await settle()
    await queue.setPerson('somebody else', false)
    expect(queue.all()).toEqual([])
    const back = createTab(time, server, storage)
    await back.queue.setPerson('lin', false)
    expect(texts(back.queue.all())).toEqual(['mine'])
  })

  it('goes along when the same person is known by another name', async () => {
    const { queue, server, time } = await createDesk()
    server.online = false
    say(queue, 'hello')
    await queue.hold(() => queue.setPerson('lin@example.com', true))
    expect(queue.all()).toMatchObject([{ text: 'hello', userId: 'lin@example.com' }])
    server.online = true
    queue.flush()
    await time.advance(1000)
    expect(server.stored.get('s1')).toEqual(['hello'])
  })

  it('passes over what storage has broken', async () => {
    const { server, storage, time } = await createDesk()
    await storage.set('parley/out/x', '{"clientMessageId":')
    await storage.set('parley/out/y', 'null')
    const { queue } = createTab(time, server, storage)
    await queue.setPerson('lin', false)
    expect(queue.all()).toEqual([])
  })
})

describe('two tabs of one browser', () => {
  it('send each message once where the browser has locks', async () => {
    const time = createSimClock()
    const server = createServer()
    const storage = memoryStorage()
    const locks = createLocks()
    server.online = false
    const first = createTab(time, server, storage, locks)
    await first.queue.setPerson('lin', false)
    for (const text of ['one', 'two', 'three']) say(first.queue, text)
    await settle()
    const second = createTab(time, server, storage, locks)
    await second.queue.setPerson('lin', false)
    server.online = true
    first.queue.flush()
    second.queue.flush()
    await time.advance(60_000)
    expect(server.tries.toSorted()).toEqual(['one', 'three', 'two'])
    expect(server.stored.get('s1')).toEqual(['one', 'two', 'three'])
    expect([...first.queue.all(), ...second.queue.all()]).toEqual([])
  })

  it('do no harm where it has none', async () => {
    const time = createSimClock()
    const server = createServer()
    const storage = memoryStorage()
    server.online = false
    const first = createTab(time, server, storage)
    await first.queue.setPerson('lin', false)
    for (const text of ['one', 'two']) say(first.queue, text)
    await settle()
    const second = createTab(time, server, storage)
    await second.queue.setPerson('lin', false)
    server.online = true
    first.queue.flush()
    second.queue.flush()
    await time.advance(60_000)
    expect(server.stored.get('s1')).toEqual(['one', 'two'])
  })
})
