/**
 * Engine.IO 4 in text, as far as a chat needs it: one transport from beginning to end, no binary packets.
 * https://github.com/socketio/engine.io-protocol
 */
export interface Pipe {
  send(packet: string): void
  close(): void
}

export interface PipeListener {
  packet(packet: string): void
  /** No more packets: it could not be opened, or has gone. Called once, and not after `close()`. */
  closed(why: string): void
}

/** `url` names the server and the protocol; each transport adds itself. */
export type OpenPipe = (url: URL, listener: PipeListener) => Pipe

const SEPARATOR = '\x1e'

export const openWebSocket: OpenPipe = (url, { packet, closed }) => {
  const address = new URL(url)
  address.protocol = url.protocol.replace('http', 'ws')
  address.searchParams.set('transport', 'websocket')
  const socket = new WebSocket(address)
  socket.onmessage = ({ data }) => packet(String(data))
  socket.onclose = ({ code }) => closed(`closed with ${code}`)
  return {
    send: text => socket.send(text),
    close() {
      socket.onmessage = null
      socket.onclose = null
      socket.close()
    },
  }
}

/** Where a proxy lets no WebSocket through: one request waits for packets, another one brings ours. */
export const openPolling: OpenPipe = (url, { packet, closed }) => {
  const address = new URL(url)
  const abort = new AbortController()
  const { signal } = abort
  let outgoing: string[] = []
  let posting = false
  address.searchParams.set('transport', 'polling')

  const request = async (init: RequestInit = {}) => {
    const response = await fetch(address, { ...init, signal })
    if (!response.ok) throw new Error(`answered ${response.status}`)
    return response.text()
  }
  const fail = (error: unknown) => {
    if (signal.aborted) return
    abort.abort()
    closed(String(error))
  }
  const poll = async () => {
    while (!signal.aborted) {
      for (const text of (await request()).split(SEPARATOR)) {
        // The first packet names the connection that the next requests are of; somebody else's page does not.
        if (!address.searchParams.has('sid')) address.searchParams.set('sid', JSON.parse(text.slice(1)).sid)
        if (!signal.aborted) packet(text)
      }
    }
  }
  const post = async () => {
    if (posting) return
    posting = true
    while (outgoing.length > 0 && !signal.aborted) {
      const body = outgoing.join(SEPARATOR)
      outgoing = []
      await request({ method: 'POST', body })
    }
    posting = false
  }
  poll().catch(fail)
  return {
    send(text) {
      outgoing.push(text)
      post().catch(fail)
    },
    close() {
      abort.abort()
      // The server need not wait for it to time out.
      if (address.searchParams.has('sid'))
        fetch(address, { method: 'POST', body: '1', keepalive: true }).catch(() => undefined)
    },
  }
}
