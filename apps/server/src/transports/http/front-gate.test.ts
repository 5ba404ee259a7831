import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createFrontGate, type GateSettings } from './front-gate.ts'

const development: GateSettings = {
  production: false,
  publicUrl: null,
  frontendUrls: ['https://shop.example.com'],
  trustProxy: [],
  openTokens: true,
}
const production: GateSettings = { ...development, production: true, openTokens: false }

interface Sent {
  readonly headers?: IncomingHttpHeaders
  readonly method?: string
  readonly from?: string
  readonly encrypted?: boolean
}

const request = ({ headers = {}, method = 'GET', from = '127.0.0.1', encrypted = false }: Sent) =>
  ({ headers, method, socket: { remoteAddress: from, encrypted } }) as unknown as IncomingMessage

const gate = (settings: GateSettings) => createFrontGate(settings, () => ['https://Site.example.com'])

const host = 'chat.example.com'

describe('origins', () => {
  it.each<[string, GateSettings, string | undefined, string]>([
    ['no Origin passes', production, undefined, 'none'],
    ['the server’s own', production, 'http://chat.example.com', 'own'],
    ['another scheme is another origin', production, 'https://chat.example.com', 'refused'],
    ['FRONTEND_URLS', production, 'https://shop.example.com', 'allowed'],
    ['the site’s, however it is written', production, 'https://site.EXAMPLE.com', 'allowed'],
    ['a stranger', production, 'https://evil.example.com', 'refused'],
    ['a longer name', production, 'https://shop.example.com.evil.org', 'refused'],
    ['a sandboxed page', production, 'null', 'refused'],
    ['loopback in production', production, 'http://localhost:5173', 'refused'],
    ['loopback outside production', development, 'http://127.0.0.1:5173', 'allowed'],
    ['IPv6 loopback outside production', development, 'http://[::1]:5173', 'allowed'],
    ['looks like loopback', development, 'http://localhost.evil.org', 'refused'],
    [
      'PUBLIC_URL is the own origin',
      { ...production, publicUrl: 'https://chat.example.com' },
      'https://chat.example.com',
      'own',
    ],
    [
      '… and then no other is',
      { ...production, publicUrl: 'https://other.example.com' },
      'http://chat.example.com',
      'refused',
    ],
  ])('%s', (_, settings, origin, verdict) => {
    const headers = { host, ...(origin && { origin }) }
    expect(gate(settings).origins.judge(request({ headers }))).toBe(verdict)
  })

  it('knows its own origin over HTTPS', () => {
    const headers = { host, origin: 'https://chat.example.com' }
    expect(gate(production).origins.judge(request({ headers, encrypted: true }))).toBe('own')
  })
})

describe('open mode', () => {
  const local = { host: 'localhost:3000' }
  it.each<[string, Sent, boolean]>([
    ['a local call', { headers: local }, true],
    ['a local call over IPv6', { headers: { host: '[::1]:3000' }, from: '::1' }, true],
    ['an IPv4 call to a socket of both families', { headers: local, from: '::ffff:127.0.0.1' }, true],
    ['a call from another machine', { headers: local, from: '10.0.0.7' }, false],
    ['a name that was rebound to this machine', { headers: { host: 'evil.example.com' } }, false],
    ['a forwarded call', { headers: { ...local, 'x-forwarded-for': '127.0.0.1' } }, false],
    ['a call through a proxy', { headers: { ...local, via: '1.1 proxy' } }, false],
    ['another site’s image', { headers: { ...local, 'sec-fetch-site': 'cross-site' } }, false],
    ['no Host', {}, false],
  ])('%s', (_, sent, open) => {
    expect(gate(development).isOpen(request(sent))).toBe(open)
  })

  it('is never there when it is off', () => {
    expect(gate(production).isOpen(request({ headers: local }))).toBe(false)
  })
})

describe('credentials', () => {
  const cookie = 'parley-console=secret; other=1'
  const own = { host, origin: 'http://chat.example.com', cookie }

  const cookieOf = (sent: Sent, settings = production) => {
    const asked = request(sent)
    return gate(settings).credentials(asked, gate(settings).origins.judge(asked)).consoleCookie
  }

  it.each<[string, Sent, string | null]>([
    ['own Origin', { headers: own }, 'secret'],
    [
      'no Origin but the browser says same-origin',
      { headers: { host, cookie, 'sec-fetch-site': 'same-origin' } },
      'secret',
    ],
    ['no Origin and no word of the browser', { headers: { host, cookie } }, null],
    ['an allowed site', { headers: { ...own, origin: 'https://shop.example.com' } }, null],
    ['a POST without the header', { headers: own, method: 'POST' }, null],
    ['a POST with the header', { headers: { ...own, 'x-parley': '1' }, method: 'POST' }, 'secret'],
    [
      'HTTPS takes the __Host- name alone',
      { headers: { ...own, origin: 'https://chat.example.com' }, encrypted: true },
      null,
    ],
    [
      'the __Host- name over HTTPS',
      {
        headers: { host, origin: 'https://chat.example.com', cookie: '__Host-parley-console=safe' },
        encrypted: true,
      },
      'safe',
    ],
  ])('cookie: %s', (_, sent, expected) => {
    expect(cookieOf(sent)).toBe(expected)
  })

  it('never takes the cookie from a loopback page of another port', () => {
    const headers = { host: 'localhost:3000', origin: 'http://localhost:5173', cookie }
    expect(cookieOf({ headers }, development)).toBeNull()
  })

  it.each([
    ['Bearer abc.def', 'abc.def'],
    ['bearer abc', 'abc'],
    ['Basic dXNlcg==', ''],
    ['Bearer', ''],
    [undefined, null],
  ])('Authorization %j → %j', (authorization, bearer) => {
    const asked = request({ headers: { host, ...(authorization && { authorization }) } })
    expect(gate(production).credentials(asked, 'none').bearer).toBe(bearer)
  })
})

describe('address', () => {
  const address = (trustProxy: string[], from: string, forwarded?: string) =>
    gate({ ...production, trustProxy }).address(
      request({ from, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }),
    )

  it.each<[string, string[], string, string | undefined, string]>([
    ['nobody is trusted by default', [], '10.0.0.1', '1.2.3.4', '10.0.0.1'],
    ['a trusted proxy is believed', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['what the caller itself added is not', ['10.0.0.0/8'], '10.0.0.1', '9.9.9.9, 1.2.3.4', '1.2.3.4'],
    ['a chain of proxies', ['10.0.0.0/8', '::1'], '::1', '1.2.3.4, 10.0.0.9', '1.2.3.4'],
    ['nonsense ends the chain', ['10.0.0.0/8'], '10.0.0.1', '1.2.3.4, unknown', '10.0.0.1'],
    ['mapped addresses are plain', ['10.0.0.1'], '::ffff:10.0.0.1', '::ffff:1.2.3.4', '1.2.3.4'],
    ['no header', ['10.0.0.1'], '10.0.0.1', undefined, '10.0.0.1'],
  ])('%s', (_, trusted, from, forwarded, expected) => {
    expect(address(trusted, from, forwarded)).toBe(expected)
  })
})
