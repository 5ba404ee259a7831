import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import { loseSlow } from './patience.ts'

/** A server whose patience is over in no time. */
async function impatient() {
  const app = fastify()
  app.addHook('onRequest', (request, _reply, done) => {
    loseSlow(request, 50)
    done()
  })
  const answer = () => ({ ok: true })
  app.post('/message', answer)
  app.post('/file', { config: { takesItsTime: true } }, answer)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return app
}

/** All but the end of a request's body; the rest when it is called. */
function begin(port: number, path: string) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{`
  socket.write(head)
  return socket
}

it('a small body that does not come loses its connection, a file’s may take its time', async () => {
  const app = await impatient()
  const { port } = app.server.address() as AddressInfo
  const [message, file] = [begin(port, '/message'), begin(port, '/file')]
  await once(message, 'close')
  file.end('}')
  const [answer] = (await once(file, 'data')) as [Buffer]
  expect(String(answer)).toContain('200 OK')
  await app.close()
})
