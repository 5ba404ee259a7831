import type { WireMessage, WireSession } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { dial, Frames, useFrames } from '../support/frames.ts'
import { ask } from '../support/http.ts'
import { type Identity, newUser } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import { silentProxyTo } from '../support/silent-proxy.ts'

/** A half-open connection is found after two heartbeats at the most. Milliseconds. */
const HEARTBEAT = 2000
const CUT_OFF_WITHIN = 15_000

/** A receiver whose network falls silent: nothing is closed, nothing is read. */
describe.skipIf(!HAS_DATABASE)('a receiver who falls silent', () => {
  const at = useServer({ HEARTBEAT_MS: String(HEARTBEAT) })
  const open = useFrames(at)
  const pair = async (): Promise<[Identity, Identity, WireSession]> => {
    const [one, two] = await Promise.all(['talks', 'silent'].map(id => newUser(at.server, id)))
    if (!one || !two) throw new Error('no users')
    const body = { userId1: one.userId, userId2: two.userId }
    const made = await ask<WireSession>(at.server, 'POST /api/chat/sessions/private', { key: true }, body)
    return [one, two, made.body.data]
  }

  it('is not marked as having got anything, is cut off in time, and gets all of it on its next connection', {
    timeout: CUT_OFF_WITHIN + 30_000,
  }, async () => {
    const [one, two, { id: sessionId }] = await pair()
    const proxy = await silentProxyTo(at.server.port)
    const silent = new Frames(dial(proxy.url, { token: two.token }))
    await silent.hears('connected')
    const say = async (content: string) =>
      (await ask<WireMessage>(at.server, 'POST /api/chat/messages', one, { sessionId, content })).body.data
    await say('heard')
    await silent.hears('new_message')
    const statuses = async () => {
      const { body } = await ask<WireMessage[]>(at.server, `GET /api/chat/messages/${sessionId}`, one)
      return body.data.map(({ status }) => status)
    }
    await expect.poll(statuses, { timeout: 10_000 }).toEqual(['delivered'])

    proxy.goSilent()
    for (const content of ['not heard 1', 'not heard 2', 'not heard 3']) await say(content)
    await expect.poll(() => proxy.open(), { timeout: CUT_OFF_WITHIN, interval: 500 }).toBe(0)
    expect(await statuses()).toEqual(['delivered', 'sent', 'sent', 'sent'])
    silent.close()

    const back = await open(two)
    const contents = () =>
      back.all<{ message: WireMessage }>('new_message').map(({ message }) => message.content)
    await expect.poll(contents, { timeout: 10_000 }).toEqual(['not heard 1', 'not heard 2', 'not heard 3'])
    await expect.poll(statuses, { timeout: 10_000 }).toEqual(Array<string>(4).fill('delivered'))
    await proxy.close()
  })
})
