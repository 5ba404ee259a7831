import type { Socket } from 'socket.io'
import { messageFrame } from './event-packet.ts'

type Conn = Socket['conn']
type Write = Conn['write']
type Options = Parameters<Write>[1] & { readonly wsPreEncodedFrame?: readonly Buffer[] }

interface Waiting {
  readonly text: string
  readonly frame: Buffer | null
}

export interface BatchedWrites {
  /** Writes what waits now: before a ping that is to come after it. */
  flush(): void
  /** Bytes that wait for the end of this turn, or that engine.io holds back because the transport is not writable. */
  backlog(): number
}

/** Connections that have something to write when this turn of the event loop ends. */
const dirty = new Set<() => void>()

function atEndOfTurn(flush: () => void): void {
  if (dirty.size === 0) setImmediate(flushAll)
  dirty.add(flush)
}

function flushAll(): void {
  const flushes = [...dirty]
  dirty.clear()
  for (const flush of flushes) flush()
}

/**
 * One write to the network for all that a connection is told in a turn of the event loop: an acknowledgement and the
 * events of a whole group commit, in their order. Over WebSocket the finished frames go out as one piece, which engine.io
 * would write one by one, each after the other has left.
 */
export function batchWrites(conn: Conn): BatchedWrites {
  const write: Write = conn.write.bind(conn)
  const close = conn.close.bind(conn)
  let waiting: Waiting[] = []
  let waitingBytes = 0
  let heldBytes = 0

  const flush = () => {
    if (waiting.length === 0) return
    const batch = waiting
    heldBytes += waitingBytes
    waiting = []
    waitingBytes = 0
    writeAll(conn, write, batch)
  }
  conn.on('flush', () => {
    heldBytes = 0
  })
  const batched = (data: unknown, options: Options = {}) => {
    if (typeof data !== 'string') {
      flush()
      return write(data as Parameters<Write>[0], options)
    }
    const frame = options.wsPreEncodedFrame?.[0] ?? null
    waiting.push({ text: data, frame })
    waitingBytes += frame?.length ?? data.length
    atEndOfTurn(flush)
    return conn
  }
  conn.write = batched as Write
  // What was written before a close is sent before it.
  conn.close = discard => {
    flush()
    return close(discard)
  }
  return { flush, backlog: () => waitingBytes + heldBytes }
}

function writeAll(conn: Conn, write: Write, batch: readonly Waiting[]): void {
  if (conn.transport.name === 'websocket') {
    const frames = batch.map(({ text, frame }) => frame ?? messageFrame(text))
    write(batch[0]?.text ?? '', frameOptions(frames.length === 1 ? frames : [Buffer.concat(frames)]))
    return
  }
  for (const { text, frame } of batch) write(text, frameOptions([frame ?? messageFrame(text)]))
}

const frameOptions = (wsPreEncodedFrame: readonly (Buffer | undefined)[]): Options =>
  ({ compress: false, wsPreEncodedFrame }) as Options
