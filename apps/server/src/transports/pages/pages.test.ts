import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFrontGate } from '../http/front-gate.ts'
import { createHttpApp } from '../http/http-app.ts'
import { routeConsole } from './console-page.ts'
import { routeWidget } from './widget-pages.ts'

let folder: string
let app: FastifyInstance
const settings = {
  production: true,
  publicUrl: null,
  frontendUrls: ['https://shop.example.com'],
  trustProxy: [],
  openTokens: false,
}
const SCRIPT = 'console.log("hello")\n'.repeat(100)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-pages-'))
  await mkdir(join(folder, 'app/assets'), { recursive: true })
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<p>console</p>')
  await writeFile(join(folder, 'assets/index-abc.js'), SCRIPT)
  await writeFile(join(folder, 'widget.js'), SCRIPT)
  await writeFile(join(folder, 'app/index.html'), '<p>widget</p>')
  await writeFile(join(folder, 'app/assets/app-abc.js'), SCRIPT)
  const gate = createFrontGate(settings, () => ['https://site.example.com'])
  app = createHttpApp({ gate, tls: null, reportFault: () => undefined, observe: () => undefined })
  routeConsole(app, folder)
  routeWidget(app, { folder, origins: gate.origins, production: true })
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

describe('built files', () => {
  it.each([
    ['/console/', 'no-cache', 'text/html; charset=utf-8'],
    ['/console/assets/index-abc.js', 'public, max-age=31536000, immutable', 'text/javascript; charset=utf-8'],
    ['/widget.js', 'public, max-age=300', 'text/javascript; charset=utf-8'],
    ['/widget/', 'no-cache', 'text/html; charset=utf-8'],
    ['/widget/assets/app-abc.js', 'public, max-age=31536000, immutable', 'text/javascript; charset=utf-8'],
  ])('%s', async (url, cache, type) => {
    const { statusCode, headers } = await app.inject(url)
    expect([statusCode, headers['cache-control'], headers['content-type']]).toEqual([200, cache, type])
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it.each([
    '/console/nothing.js',
    '/console/assets/',
    '/console/..%2f..%2fetc/passwd',
    '/console/.env',
    '/console/%252e%252e/widget.js',
    '/widget/..%5cwidget.js',
    '/console/assets/index-abc.js%00.html',
    '/widget/assets',
  ])('%s is not there', async url => {
    const response = await app.inject(url)
    expect([response.statusCode, response.json().error]).toEqual([404, 'not_found'])
  })

  it('is compressed for who takes that, and the same', async () => {
    const ask = (accept: string) => app.inject({ url: '/widget.js', headers: { 'accept-encoding': accept } })
    const [br, gz, plain] = await Promise.all(['gzip, br', 'gzip, br;q=0', 'identity'].map(ask))
    expect([br, gz, plain].map(response => response?.headers['content-encoding'])).toEqual([
      'br',
      'gzip',
      undefined,
    ])
    expect(brotliDecompressSync(br!.rawPayload).toString()).toBe(SCRIPT)
    expect(gunzipSync(gz!.rawPayload).toString()).toBe(SCRIPT)
    expect(plain!.body).toBe(SCRIPT)
  })

  it('is not sent again to who has it, and anew when it has changed', async () => {
    const { headers } = await app.inject('/console/')
    const again = () =>
      app.inject({ url: '/console/', headers: { 'if-none-match': String(headers['etag']) } })
    expect((await again()).statusCode).toBe(304)
    await writeFile(join(folder, 'index.html'), '<p>newer</p>')
    await utimes(join(folder, 'index.html'), 1, 1)
    expect((await again()).body).toBe('<p>newer</p>')
  })

  it('lets nobody frame the console, and only the allowed sites the widget', async () => {
    const policy = async (url: string) => String((await app.inject(url)).headers['content-security-policy'])
    expect(await policy('/console/')).toContain("frame-ancestors 'none'")
    expect(await policy('/console/')).toContain("script-src 'self';")
    expect(await policy('/widget/')).toContain(
      "frame-ancestors 'self' https://shop.example.com https://site.example.com;",
    )
  })

  it('lets pages of this very machine frame the widget outside production', async () => {
    const gate = createFrontGate({ ...settings, production: false }, () => [])
    const development = createHttpApp({
      gate,
      tls: null,
      reportFault: () => undefined,
      observe: () => undefined,
    })
    routeWidget(development, { folder, origins: gate.origins, production: false })
    const { headers } = await development.inject('/widget/')
    expect(headers['content-security-policy']).toContain(
      "frame-ancestors 'self' https://shop.example.com http://localhost:* http://127.0.0.1:*;",
    )
    await development.close()
  })
})
