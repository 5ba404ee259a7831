import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createRedisCheck, type RedisCheck } from './redis-check.ts'

const redisUrl = process.env['PARLEY_TEST_REDIS_URL']
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})
const check = (url: string): RedisCheck => {
  const made = createRedisCheck(url)
  ends.push(() => made.close())
  return made
}

async function listening(onSocket: (socket: Socket) => void): Promise<{ server: Server; url: string }> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    onSocket(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { server, url: `redis://127.0.0.1:${address.port}` }
}

describe('the check of Redis', () => {
  it.skipIf(!redisUrl)('hears a real one, as often as it asks', async () => {
    const redis = check(redisUrl ?? '')
    for (let n = 0; n < 3; n += 1) await redis.ping()
  })

  it('says what is wrong where nothing listens', async () => {
    const { server, url } = await listening(socket => socket.destroy())
    await new Promise(resolve => server.close(resolve))
    await expect(check(url).ping()).rejects.toThrow('ECONNREFUSED')
  })

  it('does not wait for one that is silent', async () => {
    const { url } = await listening(() => undefined)
    await expect(check(url).ping()).rejects.toThrow()
  })

  it.skipIf(!redisUrl)('hears it again when it is back', async () => {
    let awake = false
    const { hostname, port } = new URL(redisUrl ?? '')
    const { url } = await listening(socket => {
      if (!awake) return socket.destroy()
      const real = connect(Number(port || 6379), hostname)
      ends.push(() => real.destroy())
      return socket.pipe(real).pipe(socket)
    })
    const redis = check(url)
    const isUp = () =>
      redis.ping().then(
        () => true,
        () => false,
      )
    expect(await isUp()).toBe(false)
    awake = true
    await expect.poll(isUp, { timeout: 5000 }).toBe(true)
  })
})
