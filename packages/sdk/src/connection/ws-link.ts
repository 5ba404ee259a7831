import { type FailureCode, ParleyError } from '../errors.ts'
import { FRAME_EVENTS, spellFrame } from './all-events.ts'
import type { Link, LinkListener, LinkOptions, OpenLink } from './link.ts'
import { readAck, readEvent } from './socket-io-wire.ts'
import { readFailure, type WireAck, type WireFailure } from './wire-failure.ts'

/** The `WebSocket` of a browser, or that of the package `ws`, which also takes headers and hears pings. */
export type WebSocketClass = new (
  url: string,
  protocols?: string[],
  options?: { headers: Record<string, string> },
) => WebSocket

export interface WsLinkOptions {
  /** Node: the class of the package `ws`; the token then goes as a header. Default: the browser's, with subprotocols. */
  readonly WebSocket?: WebSocketClass
  /** Without a frame for so long the server is asked for a sign of life. Milliseconds; default 25,000. */
  readonly silenceMs?: number
  /** For its sign of life, and from the opening to the server's `connected`. Milliseconds; default 10,000. */
  readonly patienceMs?: number
}

const PATIENCE_MS = 10_000
const SILENCE_MS = 25_000

interface Frame {
  readonly type: string
  readonly data: unknown
  readonly id?: number
}

/** A longer frame would close the connection. Bytes. */
const FRAME_MAX = 65_536

/**
 * Before the upgrade a browser is told nothing but that it failed. Asked over HTTP with the same token, the server
 * says why.
 */
async function whyRefused({ url, token }: LinkOptions): Promise<ParleyError> {
  try {
    const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` }
    const response = await fetch(new URL('/api/auth/me', url), { headers })
    if (response.ok) return new ParleyError('unreachable', { message: 'No WebSocket gets through' })
    const { error, message } = (await response.json()) as { error: FailureCode; message: string }
    const seconds = Number(response.headers.get('Retry-After'))
    return new ParleyError(error, { message, retryAfterMs: seconds > 0 ? seconds * 1000 : null })
  } catch (cause) {
    return new ParleyError('unreachable', { cause })
  }
}

/** `/ws` (§8). It hears all of its person's sessions from the start, and first what has not been delivered yet. */
function openWs(made: WsLinkOptions, options: LinkOptions, listener: LinkListener): Link {
  const { token, url } = options
  const { patienceMs = PATIENCE_MS, silenceMs = SILENCE_MS } = made
  const asked = new Map<number, (ack: WireAck | null) => void>()
  let asks = 0
  let state: 'opening' | 'open' | 'over' = 'opening'
  /** It was closed by its owner, who need not be told. */
  let unwanted = false
  let alarm: ReturnType<typeof setTimeout> | undefined

  const socket = connect()

  function connect(): WebSocket {
    const address = new URL('/ws', url)
    address.protocol = address.protocol.replace('http', 'ws')
    const { WebSocket: Given } = made
    if (Given)
      return new Given(address.href, ['parley'], {
        headers: token === null ? {} : { Authorization: `Bearer ${token}` },
      })
    return new WebSocket(address, token === null ? ['parley'] : ['parley', `bearer.${token}`])
  }

  const end = () => {
    state = 'over'
    clearTimeout(alarm)
    globalThis.removeEventListener?.('offline', gone)
    socket.onmessage = null
    socket.onclose = null
    socket.close()
    for (const answer of asked.values()) answer(null)
    asked.clear()
  }
  const lost = (error: ParleyError) => {
    if (state === 'over') return
    end()
    listener.closed(error)
  }
  function gone(): void {
    lost(new ParleyError('unreachable', { message: 'no sign of the server' }))
  }
  const ringAfter = (ms: number, ring: () => void) => {
    clearTimeout(alarm)
    alarm = setTimeout(ring, ms)
  }

  const closed = async (code: number) => {
    if (state === 'over') return
    const opened = state === 'open'
    end()
    const error = opened
      ? new ParleyError('unreachable', { message: `closed with ${code}` })
      : await whyRefused(options)
    if (!unwanted) listener.closed(error)
  }

  const answered = (id: number, ack: WireAck) => asked.get(id)?.(ack)

  const failed = (failure: WireFailure, id: number | undefined) => {
    if (id !== undefined) answered(id, { ok: false, error: failure })
    // Of no call of ours: the server says why it is about to end the connection.
    else if (failure.code === 'unauthorized' || state === 'opening') lost(readFailure(failure))
  }

  const heard = ({ type, data, id }: Frame) => {
    if (type === 'connected' && state === 'opening') {
      state = 'open'
      listener.opened()
    } else if (type === 'ack') answered(Number(id), data as WireAck)
    else if (type === 'error') failed(data as WireFailure, id)
    else {
      const event = readEvent(FRAME_EVENTS, type, data)
      if (event) listener.event(event)
    }
  }

  /** Half-open connections say nothing, and a page can't ping: any answer to any question will do. */
  const doubt = () => {
    ringAfter(patienceMs, gone)
    void ask('typing:stop', { sessionId: 'nowhere' }, patienceMs)
  }
  const alive = () => {
    if (state === 'open') ringAfter(silenceMs, doubt)
  }

  /** `null`: no answer will come. */
  const ask = (type: string, data: unknown, timeoutMs: number) =>
    new Promise<WireAck | null>((resolve, reject) => {
      if (state !== 'open') return resolve(null)
      const id = ++asks
      const frame = JSON.stringify({ type, data, id })
      if (new TextEncoder().encode(frame).length > FRAME_MAX)
        return reject(new ParleyError('payload_too_large'))
      const answer = (ack: WireAck | null) => {
        clearTimeout(timer)
        asked.delete(id)
        resolve(ack)
      }
      const timer = setTimeout(answer, timeoutMs, null)
      asked.set(id, answer)
      socket.send(frame)
    })

  socket.onmessage = ({ data }: { data: unknown }) => {
    heard(JSON.parse(String(data)) as Frame)
    alive()
  }
  socket.onclose = ({ code }: { code: number }) => void closed(code)
  socket.onerror = () => undefined
  // The package `ws` tells of the server's pings, so that nobody has to ask.
  if (made.WebSocket) (socket as unknown as { on?(event: string, on: () => void): void }).on?.('ping', alive)
  globalThis.addEventListener?.('offline', gone)
  ringAfter(patienceMs, gone)

  return {
    async request(operation, input, timeoutMs) {
      const { event, payload } = spellFrame(operation, input as object)
      const ack = await ask(event, payload, timeoutMs)
      if (!ack) throw new ParleyError('unreachable')
      if (!ack.ok) throw readFailure(ack.error)
      return readAck(operation, ack)
    },
    close() {
      unwanted = true
      end()
    },
  }
}

/** A link over the raw WebSocket at `/ws`, for `createParley({ link: wsLink() })`. It needs a token: no cookie counts there. */
export const wsLink =
  (made: WsLinkOptions = {}): OpenLink =>
  (options, listener) =>
    openWs(made, options, listener)
