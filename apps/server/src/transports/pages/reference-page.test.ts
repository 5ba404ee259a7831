import { fastify } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeReference } from './reference-page.ts'

const app = fastify()
beforeAll(async () => {
  routeReference(app, '1.2.3')
  await app.ready()
})
afterAll(() => app.close())

describe('reference', () => {
  it.each(['/openapi.json', '/asyncapi.json'])('%s is printed with the version', async url => {
    const response = await app.inject(url)
    expect(response.headers['content-type']).toContain('application/json')
    expect(response.json()).toMatchObject({ info: { version: '1.2.3' } })
    expect((await app.inject(url)).body).toBe(response.body)
  })

  it('shows a page whose every file is served here', async () => {
    const page = await app.inject('/docs')
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link)
    expect(links.length).toBeGreaterThan(3)
    for (const link of links)
      expect({ link, status: (await app.inject(link)).statusCode }).toEqual({ link, status: 200 })
    expect(page.body).not.toContain('https://')
  })
})
