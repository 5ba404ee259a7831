import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { TestServer } from './server.ts'

/** The demo shop on a server of its own, which is there when the chat's is not. Answers with its address. */
export function useShop(at: { readonly server: TestServer }): () => Promise<string> {
  const servers: ReturnType<typeof createServer>[] = []
  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections()
  })
  return async () => {
    const demo = await fetch(`http://127.0.0.1:${at.server.port}/demo`)
    const page = await demo.text()
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
    })
    servers.push(server.listen(0, '127.0.0.1'))
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }
}
