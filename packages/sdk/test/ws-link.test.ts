import { JSDOM } from 'jsdom'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import NodeWebSocket from 'ws'
import type { LinkEvent, LinkListener } from '../src/connection/link.ts'
import { ParleyError } from '../src/errors.ts'
import { PROTOCOL_VERSION } from '../src/protocol.ts'
import { SimSession } from '../src/testing/sim-session.ts'
import { type WebSocketClass, wsLink } from '../src/ws.ts'
import { describeLink } from './link-suite.ts'
import { type WsHarness, wsHarness } from './ws-harness.ts'

/** Node 20 has none of its own. */
const { WebSocket: BrowserWebSocket } = new JSDOM('', { url: 'http://127.0.0.1/' }).window
const forNode = { WebSocket: NodeWebSocket as unknown as WebSocketClass }

describe('in Node, with the package ws', () => {
  describeLink('/ws', () => wsHarness(wsLink(forNode)))
})

describe('in a browser', () => {
  beforeEach(() => void vi.stubGlobal('WebSocket', BrowserWebSocket))
  describeLink('/ws', () => wsHarness(wsLink()))
})

describe('a link over /ws', () => {
  let harness: WsHarness
  beforeEach(() => void vi.stubGlobal('WebSocket', BrowserWebSocket))
  afterEach(() => harness.close())

  const opened = async (made: Parameters<typeof wsLink>[0]) => {
    harness = await wsHarness(wsLink(made))
    harness.admit('good')
    const events: LinkEvent[] = []
    const listener = {
      opened: vi.fn<LinkListener['opened']>(),
      event: (event: LinkEvent) => void events.push(event),
      closed: vi.fn<LinkListener['closed']>(),
    }
    const link = harness.open({ url: harness.url, token: 'good', protocol: PROTOCOL_VERSION }, listener)
    await vi.waitFor(() => expect(listener.opened).toHaveBeenCalledOnce(), { timeout: 5000 })
    return { link, events, ...listener }
  }

  it.each([
    { where: 'Node', made: forNode },
    { where: 'a browser', made: {} },
  ])('brings its token from $where, and never has it chosen as the protocol', async ({ made }) => {
    const { link } = await opened(made)
    expect(harness.tokens).toEqual(['good'])
    expect(harness.protocols).toEqual(['parley'])
    link.close()
  })

  it('hears own messages of other devices and those of others, each by its name', async () => {
    const { link, events } = await opened(forNode)
    const session = new SimSession('s1', 'lin')
    session.send({ senderId: 'lin', text: 'mine', clientMessageId: 'c1' })
    session.send({ senderId: 'ada', text: 'theirs' })
    for (const event of session.log) harness.tell(event)
    await vi.waitFor(() => expect(events).toHaveLength(2))
    expect(events).toMatchObject(session.log.map(event => JSON.parse(JSON.stringify(event)) as object))
    link.close()
  })

  it('asks for a sign of life when it hears nothing, and is content with any', async () => {
    const { link, closed } = await opened({ silenceMs: 30 })
    harness.failSend({ code: 'rate_limited', message: 'Slow down', retryAfter: 1 })
    await vi.waitFor(() => expect(harness.asked().length).toBeGreaterThan(2), { timeout: 5000 })
    expect(closed).not.toHaveBeenCalled()
    link.close()
  })

  it('takes the server’s pings for a sign of life where it can hear them', async () => {
    const { link } = await opened({ ...forNode, silenceMs: 200 })
    const pings = setInterval(() => harness.ping(), 20)
    const begun = Date.now()
    await vi.waitFor(() => expect(Date.now() - begun).toBeGreaterThan(600), { timeout: 2000 })
    clearInterval(pings)
    expect(harness.asked()).toEqual([])
    link.close()
  })

  it('gives up a server that is silent, within the time for an answer', async () => {
    const { closed } = await opened({ silenceMs: 30, patienceMs: 60 })
    harness.fallSilent()
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce(), { timeout: 5000 })
    expect(closed.mock.calls[0]?.[0]).toMatchObject({ code: 'unreachable', message: 'no sign of the server' })
  })

  it('ends when its login has, and says so', async () => {
    const { closed } = await opened(forNode)
    harness.say('error', { code: 'unauthorized', message: 'Sign in' })
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce())
    expect(closed.mock.calls[0]?.[0].code).toBe('unauthorized')
  })

  it('refuses a call that is longer than a frame may be, and stays open', async () => {
    const { link, closed } = await opened(forNode)
    const long = link.request('message.send', { sessionId: 's1', text: '字'.repeat(30_000) }, 1000)
    expect(await long.catch(ParleyError.of)).toMatchObject({ code: 'payload_too_large' })
    expect(closed).not.toHaveBeenCalled()
    link.close()
  })
})
