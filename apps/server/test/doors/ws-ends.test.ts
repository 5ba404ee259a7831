import { eventExamples } from '@parley/contracts/examples'
import { describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { proxyTo } from '../races/proxy.ts'
import { bearer } from '../support/raw-client.ts'
import { client, closeAfterEach, connected, doorsWith, opened } from '../support/raw-doors.ts'

closeAfterEach()

describe('a connection that is no good', () => {
  it('is found by its silence, though nobody has closed it', async () => {
    const doors = await doorsWith({ heartbeatMs: 100 })
    const proxy = await proxyTo(doors.url)
    opened.push(proxy)
    const silent = client({ url: proxy.url.replace(/\/$/, '') }, bearer('user'))
    await vi.waitFor(() => expect(silent.frames).toHaveLength(1))
    const alive = client(doors, bearer('user'))
    await vi.waitFor(() => expect(alive.frames).toHaveLength(1))
    const [silentId] = [...doors.node.connections.keys()]
    proxy.silence()
    await vi.waitFor(() => expect(doors.node.ended).toEqual([silentId]), 5000)
    expect(doors.open()).toBe(1)
    expect(alive.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('is told to come back where it is too far behind, and is ended if it does not even hear that', async () => {
    const doors = await doorsWith()
    for (const reads of [true, false]) {
      const { socket, frames, closed } = client(doors, bearer('user'))
      await vi.waitFor(() => expect(frames).toHaveLength(1))
      const [connection] = [...doors.node.connections.values()]
      socket.pause()
      const { message } = eventExamples['message.created']
      const flood = { ...message, text: 'x'.repeat(60_000) }
      for (let change = 1; change < 400; change += 1)
        connection!.deliver({ name: 'message.created', data: { sessionId: 's', change, message: flood } })
      if (reads) socket.resume()
      await vi.waitFor(() => expect(doors.node.connections.size).toBe(0), 5000)
      socket.resume()
      expect(await closed).toBe(reads ? 1013 : 1006)
    }
  })

  it('is not read from while too many of its frames are under way', async () => {
    const waiting: (() => void)[] = []
    const { doors, frames, send } = await connected({
      handlers: {
        'session.sync': () =>
          new Promise(resolve =>
            waiting.push(() => resolve({ sessions: {}, unknown: [], others: [], more: false })),
          ),
      },
    })
    const padding = 'x'.repeat(10_000)
    for (let n = 0; n < 300; n += 1) send({ type: 'session:sync', id: n, data: { padding } })
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(60))
    expect(waiting.length).toBeLessThan(80)
    await vi.waitFor(() => {
      for (const answer of waiting.splice(0)) answer()
      expect(frames).toHaveLength(301)
    })
    expect(doors.faults).toEqual([])
  })
})
