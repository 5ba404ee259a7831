import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Link, LinkEvent, OpenLink } from '../src/connection/link.ts'
import type { Friend, Message, Session } from '../src/contract-types.ts'
import { ParleyError } from '../src/errors.ts'
import { PROTOCOL_VERSION } from '../src/protocol.ts'
import { simUser } from '../src/testing/sim-people.ts'
import { SimSession } from '../src/testing/sim-session.ts'

const AT = '2026-01-01T00:00:00.000Z'

/** A server at the other end, which does as it is told. */
export interface LinkHarness {
  readonly url: string
  readonly open: OpenLink
  /** Takes connections with this token. */
  admit(token: string): void
  /** Refuses every connection. */
  refuse(error: { code: 'protocol_outdated' | 'unavailable'; message: string; retryAfter?: number }): void
  /** Answers the next `message.send`. */
  answerSend(message: Message): void
  failSend(error: { code: 'rate_limited'; message: string; retryAfter: number }): void
  /** Leaves the next request without an answer. */
  ignoreNext(): void
  /** What the server was asked, in the house's words. */
  asked(): readonly { readonly operation: string; readonly input: object }[]
  tell(event: LinkEvent): void
  /** Events that its family has no name for: they come as `session.changed`. */
  readonly unnamed: ReadonlySet<LinkEvent['name']>
  /** Only a visitor’s events are known to this link. */
  readonly forVisitors: boolean
  /** Ends every connection, as a dying server does. */
  cut(): void
  close(): Promise<void>
}

const history = () => {
  const session = new SimSession('s1', 'lin')
  session.send({ senderId: 'lin', text: 'one' })
  session.send({ senderId: 'lin', text: 'two' })
  session.assign('ada')
  session.react(1, 'ada', '👍')
  session.recall(2)
  session.rename('Order #4711')
  session.requeue()
  session.end('lin', null)
  return session
}

const forStaffAndFriends = (): LinkEvent[] => {
  const session: Session = history().told()
  const friend: Friend = { ...simUser('ben'), friendId: 'ben', remark: 'Benny', friendSince: AT }
  return [
    { name: 'session.listed', list: 'queue', session },
    { name: 'session.unlisted', list: 'queue', sessionId: 's1' },
    { name: 'session.opened', session },
    { name: 'presence.changed', userId: 'ben', status: 'away', lastSeen: AT },
    { name: 'friend.added', friend },
    { name: 'friend.removed', userId: 'ada', friendId: 'ben' },
  ]
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** What every link must do, whatever it is made of. */
export function describeLink(name: string, createHarness: () => Promise<LinkHarness>): void {
  describe(`link: ${name}`, () => {
    let harness: LinkHarness
    let links: Link[] = []
    beforeEach(async () => {
      harness = await createHarness()
      harness.admit('good')
    })
    afterEach(async () => {
      for (const link of links) link.close()
      links = []
      await harness.close()
    })

    const open = (token: string | null = 'good') => {
      const opened = vi.fn<() => void>()
      const closed = vi.fn<(error: ParleyError) => void>()
      const events: LinkEvent[] = []
      const listener = { opened, closed, event: (event: LinkEvent) => void events.push(event) }
      const link = harness.open({ url: harness.url, token, protocol: PROTOCOL_VERSION }, listener)
      links.push(link)
      return { link, opened, closed, events }
    }
    const opened = async () => {
      const one = open()
      await vi.waitFor(() => expect(one.opened).toHaveBeenCalledOnce(), { timeout: 5000 })
      return one
    }
    const failure = async (promise: Promise<unknown>) => {
      const outcome = await promise.then(() => null, ParleyError.of)
      if (!outcome) throw new Error('it did not fail')
      return outcome
    }

    it('opens with a good token', async () => {
      const { closed } = await opened()
      expect(closed).not.toHaveBeenCalled()
    })

    it('is refused with a bad one, and says why, once', async () => {
      const one = open('bad')
      await vi.waitFor(() => expect(one.closed).toHaveBeenCalledOnce(), { timeout: 5000 })
      expect(one.closed.mock.calls[0]?.[0]).toMatchObject({ name: 'ParleyError', code: 'unauthorized' })
      expect(one.opened).not.toHaveBeenCalled()
    })

    it.each([
      { code: 'protocol_outdated', message: 'Reload the page' },
      { code: 'unavailable', message: 'Later', retryAfter: 3 },
    ] as const)('hands on a refusal: $code', async refusal => {
      harness.refuse(refusal)
      const one = open()
      await vi.waitFor(() => expect(one.closed).toHaveBeenCalledOnce(), { timeout: 5000 })
      expect(one.closed.mock.calls[0]?.[0]).toMatchObject({
        code: refusal.code,
        retryAfterMs: 'retryAfter' in refusal ? refusal.retryAfter * 1000 : null,
      })
    })

    it('answers a request', async () => {
      const [message] = history().messages
      if (!message) throw new Error('there are messages')
      harness.answerSend(message)
      const { link } = await opened()
      const input = { sessionId: 's1', text: 'one', clientMessageId: 'c1' }
      expect(await link.request('message.send', input, 5000)).toEqual(message)
      expect(harness.asked()).toMatchObject([{ operation: 'message.send', input }])
    })

    it('fails a request as the server fails it', async () => {
      harness.failSend({ code: 'rate_limited', message: 'Slow down', retryAfter: 2 })
      const { link } = await opened()
      expect(await failure(link.request('message.send', { sessionId: 's1', text: 'x' }, 5000))).toMatchObject(
        {
          code: 'rate_limited',
          message: 'Slow down',
          retryAfterMs: 2000,
        },
      )
    })

    it('gives up a request that is not answered in time', async () => {
      harness.ignoreNext()
      const { link, closed } = await opened()
      const { code } = await failure(link.request('message.send', { sessionId: 's1', text: 'x' }, 20))
      expect(code).toBe('unreachable')
      expect(closed).not.toHaveBeenCalled()
    })

    it('hears every kind of change, in order', async () => {
      const log = history().log.filter(({ name }) => !harness.unnamed.has(name))
      const { events } = await opened()
      for (const event of log) harness.tell(event)
      await vi.waitFor(() => expect(events).toHaveLength(log.length), { timeout: 5000 })
      expect(events).toEqual(log.map(event => expect.objectContaining(plain(event) as object)))
    })

    it('hears what is not counted', async () => {
      const happened: LinkEvent[] = [
        { name: 'typing.changed', sessionId: 's1', userId: 'ada', userType: 'operator', isTyping: true },
        { name: 'message.status', messageId: 'm1', sessionId: 's1', seq: 1, status: 'read' },
        { name: 'message.read', sessionId: 's1', userId: 'ada', seq: 1, readAt: '2026-01-01T00:00:00.000Z' },
        ...(harness.forVisitors ? [] : forStaffAndFriends()),
      ]
      const { events } = await opened()
      for (const event of happened) harness.tell(event)
      await vi.waitFor(() => expect(events).toHaveLength(happened.length), { timeout: 5000 })
      expect(events).toEqual(happened.map(event => expect.objectContaining(plain(event) as object)))
    })

    it('opens the inbox and says how one is', async () => {
      const { link } = await opened()
      await link.request('inbox.open', {}, 5000)
      expect(harness.asked()).toMatchObject([{ operation: 'inbox.open' }])
    })

    it('says once that the server is gone, and fails what it was asked', async () => {
      harness.ignoreNext()
      const { link, closed } = await opened()
      const asked = failure(link.request('message.send', { sessionId: 's1', text: 'x' }, 60_000))
      await vi.waitFor(() => expect(harness.asked()).toHaveLength(1), { timeout: 5000 })
      harness.cut()
      expect((await asked).code).toBe('unreachable')
      await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce(), { timeout: 5000 })
      expect(closed.mock.calls[0]?.[0].code).toBe('unreachable')
      expect((await failure(link.request('message.send', { sessionId: 's1', text: 'x' }, 20))).code).toBe(
        'unreachable',
      )
    })

    it('ends without a word when it is closed', async () => {
      const { link, closed, events } = await opened()
      const beside = await opened()
      link.close()
      harness.tell({ name: 'message.status', messageId: 'm1', sessionId: 's1', seq: 1, status: 'read' })
      await vi.waitFor(() => expect(beside.events).toHaveLength(1), { timeout: 5000 })
      expect(closed).not.toHaveBeenCalled()
      expect(events).toEqual([])
    })
  })
}
