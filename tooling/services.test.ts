import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { findServices, foundEnv } from './services.mjs'

describe('looking for services', () => {
  test('says what does not answer, where and why, and no password', async () => {
    const port = await closedPort()
    const services = await findServices({
      PGPORT: String(port),
      PGPASSWORD: 'sec:ret@',
      PARLEY_TEST_REDIS_URL: `redis://:secret@127.0.0.1:${port}`,
      PARLEY_TEST_CHROMIUM: '/no/such/chromium',
    })
    const missing = services.map(service => service.missing)
    expect(missing).toEqual([
      expect.stringContaining(`127.0.0.1:${port}/postgres: connect ECONNREFUSED`),
      expect.stringContaining(`127.0.0.1:${port}: connect ECONNREFUSED`),
      expect.stringContaining('/no/such/chromium: spawnSync'),
    ])
    expect(missing.join()).not.toMatch(/sec.{0,3}ret/)
    expect(foundEnv(services)).toEqual({})
  })

  test('does not take whatever listens for the service', async () => {
    const server = createServer(socket => socket.end('220 mail\r\n')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const [postgres, redis] = await findServices({
      PGPORT: String(port),
      PARLEY_TEST_REDIS_URL: `redis://127.0.0.1:${port}`,
      PARLEY_TEST_CHROMIUM: process.execPath,
    })
    expect(postgres?.missing).toBeDefined()
    expect(redis?.missing).toBeDefined()
    server.close()
  })

  test('takes a program that starts', async () => {
    const services = await findServices({ PARLEY_TEST_CHROMIUM: process.execPath })
    expect(foundEnv(services)).toMatchObject({ PARLEY_TEST_CHROMIUM: process.execPath })
  })
})

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
