import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { curl } from '../support/client.ts'
import { API_KEY, startTestServer, type TestServer } from '../support/server.ts'

const asKey = { 'x-api-key': API_KEY }
const SECRET = 'my card number is 4111'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ AUTH_OPEN_TOKENS: 'false' })
})
afterAll(() => server.close())

const metrics = async () => (await fetch(`${server.url}/metrics`, { headers: asKey })).text()
const allTakenIn = () =>
  vi.waitFor(async () => expect(await metrics()).toMatch(/^parley_search_waiting 0$/m), {
    timeout: 12_000,
    interval: 250,
  })

describe('search, over HTTP', () => {
  it('[Q6][Q9] finds the same before and after the index has taken it in, and logs nothing of it', async () => {
    const post = (path: string, body: unknown, headers: Record<string, string>) =>
      curl(server.url, `POST ${path}`, { body, headers })
    const { token, userId } = (await post('/api/auth/token', { name: 'Lin Wei' }, {})).body.data
    const bearer = { authorization: `Bearer ${String(token)}` }
    const sessionId = String((await post('/api/chat/start-session', {}, bearer)).body.data['sessionId'])
    for (const message of [SECRET, '我的卡号', 'thanks'])
      await post(`/api/chat/send-message/${sessionId}`, { message }, bearer)

    const search = async (keyword: string, headers: Record<string, string> = bearer, more = '') => {
      const query = `keyword=${encodeURIComponent(keyword)}${more}`
      const { body } = await curl(server.url, `GET /api/chat/messages/search?${query}`, { headers })
      return (body.data as unknown as { content: string }[]).map(({ content }) => content)
    }
    const found = async () => [
      await search('CARD'),
      await search('卡号'),
      await search('number 411'),
      await search('card', asKey, `&userId=${String(userId)}`),
      await search('nothing'),
    ]
    const right = [[SECRET], ['我的卡号'], [SECRET], [SECRET], []]
    expect(await found()).toEqual(right)
    await allTakenIn()
    expect(await metrics()).toMatch(/^parley_search_behind_seconds 0$/m)
    expect(await found()).toEqual(right)
    expect(await server.logged()).not.toMatch(/card|卡号|4111/)
  })
})
