import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface SilentProxy {
  readonly url: string
  /** From now on nothing gets through and nothing is closed: what a train in a tunnel does. */
  goSilent(): void
  /** How many of the server's ends are still open. */
  open(): number
  close(): Promise<void>
}

/** A network between a client and a server that can fall silent. */
export async function silentProxyTo(port: number): Promise<SilentProxy> {
  const sockets = new Set<Socket>()
  const far = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, near => {
    const other = connect({ port, host: '127.0.0.1' })
    far.add(other)
    for (const socket of [near, other]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    other.on('close', () => far.delete(other))
    near.pipe(other)
    other.pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    goSilent() {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
      // The server's own end would never be seen to close if nobody read it.
      for (const socket of far) socket.on('data', () => undefined).resume()
    },
    open: () => far.size,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
