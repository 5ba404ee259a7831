import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { JSDOM } from 'jsdom'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openLean } from '../src/connection/lean-link.ts'
import type { LinkListener } from '../src/connection/link.ts'
import { PROTOCOL_VERSION } from '../src/protocol.ts'
import { describeLink } from './link-suite.ts'
import { socketIoHarness } from './socket-io-harness.ts'

/** Node 20 has none of its own. */
const { WebSocket } = new JSDOM().window
const harness = () => socketIoHarness(openLean, true)

describe('over a WebSocket', () => {
  beforeEach(() => void vi.stubGlobal('WebSocket', WebSocket))
  describeLink('lean', harness)
})

describe('by polling', () => {
  beforeEach(() => void vi.stubGlobal('WebSocket', undefined))
  describeLink('lean', harness)

  it('is what is left where no WebSocket gets through', async () => {
    const refused = vi.fn<(url: URL) => void>()
    class Refused {
      onclose: ((event: { code: number }) => void) | null = null
      constructor(url: URL) {
        refused(url)
        queueMicrotask(() => this.onclose?.({ code: 1006 }))
      }
      close = () => undefined
    }
    vi.stubGlobal('WebSocket', Refused)
    const server = await harness()
    server.admit('good')
    const { link, listener } = open(server.url)
    await vi.waitFor(() => expect(listener.opened).toHaveBeenCalledOnce(), { timeout: 5000 })
    expect(String(refused.mock.calls[0]?.[0])).toMatch(/^ws:.*transport=websocket$/)
    link.close()
    await server.close()
  })
})

describe('a server that is none', () => {
  let server: Server
  let answer: string
  let requests: number
  beforeEach(async () => {
    vi.stubGlobal('WebSocket', undefined)
    requests = 0
    server = createServer((_, response) => {
      requests += 1
      response.end(answer)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => new Promise<unknown>(resolve => server.close(resolve)))

  it.each(['<h1>Sign in to the hotel’s network</h1>', '', '0not json'])(
    'answers %j: unreachable, and not asked again and again',
    async page => {
      answer = page
      const { listener } = open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
      await vi.waitFor(() => expect(listener.closed).toHaveBeenCalledOnce())
      expect(listener.closed.mock.calls[0]?.[0].code).toBe('unreachable')
      expect(requests).toBe(1)
    },
  )

  it('falls silent: it is gone after its own ping times', async () => {
    const hello = JSON.stringify({ sid: 's', pingInterval: 20, pingTimeout: 20 })
    const silent = createServer((request, response) => {
      if (!request.url?.includes('sid=')) response.end(`0${hello}`)
    })
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
    const { listener } = open(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`)
    await vi.waitFor(() => expect(listener.closed).toHaveBeenCalledOnce())
    expect(listener.closed.mock.calls[0]?.[0].message).toBe('no sign of the server')
    silent.closeAllConnections()
    await new Promise<unknown>(resolve => silent.close(resolve))
  })
})

function open(url: string) {
  const listener = {
    opened: vi.fn<LinkListener['opened']>(),
    event: vi.fn<LinkListener['event']>(),
    closed: vi.fn<LinkListener['closed']>(),
  }
  const link = openLean({ url, token: 'good', protocol: PROTOCOL_VERSION }, listener)
  return { link, listener }
}
