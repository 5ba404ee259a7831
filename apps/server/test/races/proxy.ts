import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface CutProxy {
  /** The same server, through here. */
  readonly url: string
  /** Ends every connection in the middle of whatever it carries; from now on new ones are refused. */
  cut(): void
  /** New connections go through again. */
  mend(): void
  /** Nothing passes any more, and neither end is told: as when a phone loses its network. */
  silence(): void
  close(): Promise<void>
}

/** A way to a server that can be cut. */
export async function proxyTo(target: string): Promise<CutProxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let whole = true
  const server = createServer(near => {
    if (!whole) return near.destroy()
    const far = connect(Number(port || 5432), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('error', () => undefined) // `close` follows
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const cut = () => {
    whole = false
    for (const socket of open) socket.destroy()
  }
  return {
    url: url.href,
    cut,
    mend() {
      whole = true
    },
    silence() {
      for (const socket of open) socket.unpipe().pause()
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
