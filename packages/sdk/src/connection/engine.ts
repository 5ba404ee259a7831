import { type OpenPipe, openPolling, openWebSocket, type Pipe } from './engine-pipe.ts'

/** A proxy may swallow a WebSocket without a word: then the next transport is tried. Milliseconds. */
const WEB_SOCKET_PATIENCE_MS = 4000
const OPEN_TIMEOUT_MS = 10_000

export interface EngineListener {
  opened(): void
  message(text: string): void
  /** Never open, or open no more. Called once, and not after `close()`. */
  closed(why: string): void
}

interface Opened {
  readonly pingInterval: number
  readonly pingTimeout: number
}

/** A connection to Socket.IO's server below its own packets: over a WebSocket, or else by polling. */
export function openEngine(server: string, listener: EngineListener): Pipe {
  const url = new URL('/socket.io/?EIO=4', server)
  const transports: OpenPipe[] = globalThis.WebSocket ? [openWebSocket, openPolling] : [openPolling]
  let pipe: Pipe | null = null
  let alarm: ReturnType<typeof setTimeout> | undefined
  /** Without a sign of the server for so long it is gone. Milliseconds; 0: not open yet. */
  let silence = 0
  let over = false

  const ringAfter = (ms: number, ring: () => void) => {
    clearTimeout(alarm)
    alarm = setTimeout(ring, ms)
  }
  const finish = () => {
    over = true
    clearTimeout(alarm)
    globalThis.removeEventListener?.('offline', gone)
    pipe?.close()
  }
  const lost = (why: string) => {
    if (over) return
    if (silence === 0 && transports.length > 0) return tryNext()
    finish()
    listener.closed(why)
  }
  function gone(): void {
    transports.length = 0
    lost('the network has gone')
  }
  function tryNext(): void {
    const open = transports.shift()
    pipe?.close()
    ringAfter(transports.length > 0 ? WEB_SOCKET_PATIENCE_MS : OPEN_TIMEOUT_MS, () => lost('no answer'))
    pipe = open?.(url, { packet, closed: lost }) ?? null
  }
  const open = ({ pingInterval, pingTimeout }: Opened) => {
    silence = pingInterval + pingTimeout
    listener.opened()
  }
  function packet(text: string): void {
    const rest = text.slice(1)
    if (text[0] === '0') open(JSON.parse(rest))
    else if (text[0] === '2') pipe?.send(`3${rest}`)
    else if (text[0] === '4') listener.message(rest)
    else if (text[0] === '1') lost('the server has closed it')
    if (!over && silence > 0) ringAfter(silence, () => lost('no sign of the server'))
  }

  globalThis.addEventListener?.('offline', gone)
  tryNext()
  return { send: text => pipe?.send(`4${text}`), close: finish }
}
