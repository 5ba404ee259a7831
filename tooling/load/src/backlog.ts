// Somebody comes back to 100,000 waiting messages: what that does to the server's memory and to everybody else.
import { once } from 'node:events'
import pg from 'pg'
import { io, type Socket } from 'socket.io-client'
import { WebSocket } from 'ws'
import { type Pair, pause } from './figures.ts'
import { parleyPairs } from './pairs.ts'
import {
  API_KEY,
  dropDataDir,
  freshDatabase,
  newDataDir,
  type RunningParley,
  residentMb,
  startParley,
} from './servers.ts'

const WAITING = 100_000
const OTHERS = 20
/** Messages a second of all others together. */
const RATE = 100
const BASELINE_SECONDS = 10
/** How long a reader that reads nothing is looked at. */
const STUCK_SECONDS = 10

interface Person {
  readonly token: string
  readonly userId: string
}

async function ask<Data>(url: string, path: string, body: object): Promise<Data> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { success: boolean; data: Data }
  if (!answer.success) throw new Error(`POST ${path}: ${JSON.stringify(answer)}`)
  return answer.data
}

/** As if they had been sent one by one while `reader` was away. */
async function fill(databaseUrl: string, sessionId: string, writerId: string): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query('BEGIN')
  await client.query(
    `INSERT INTO messages (id, site_id, session_id, seq, change, created_change, sender_id, sender_type, text)
     SELECT 'waiting-' || n, site_id, id, n, n, n, $2, 'user', 'Message number ' || n || ', of a usual length for a chat.'
     FROM sessions, generate_series(1, $3::int) n WHERE id = $1`,
    [sessionId, writerId, WAITING],
  )
  await client.query(
    'UPDATE sessions SET last_seq = $2, last_change = $2, last_message_at = now() WHERE id = $1',
    [sessionId, WAITING],
  )
  await client.query(
    'UPDATE participants SET delivered_seq = $3, read_seq = $3 WHERE session_id = $1 AND user_id = $2',
    [sessionId, writerId, WAITING],
  )
  await client.query('COMMIT')
  await client.query('ANALYZE')
  await client.end()
}

/** Pairs who go on chatting; each `take` answers with what acknowledgements took since the last. */
class Others {
  readonly #sockets: { readonly socket: Socket; readonly sessionId: string }[]
  #times: number[] = []
  readonly #timer: NodeJS.Timeout
  #next = 0

  private constructor(sockets: { socket: Socket; sessionId: string }[]) {
    this.#sockets = sockets
    this.#timer = setInterval(() => this.#send(), 1000 / RATE)
  }

  static async start(url: string, pairs: readonly Pair[]): Promise<Others> {
    const sockets = await Promise.all(
      pairs.map(async ({ sessionId, members }) => {
        const socket = io(url, { auth: { ...members[0] }, transports: ['websocket'], forceNew: true })
        await new Promise<void>(resolve => socket.once('connect', resolve))
        await socket.emitWithAck('join_session', { sessionId })
        return { socket, sessionId }
      }),
    )
    return new Others(sockets)
  }

  #send(): void {
    const turn = this.#sockets[this.#next++ % this.#sockets.length]
    if (!turn) return
    const { socket, sessionId } = turn
    const start = performance.now()
    socket.emit('send_message', { sessionId, message: 'Hello' }, () =>
      this.#times.push(performance.now() - start),
    )
  }

  take(): { p50: number; p99: number } {
    const sorted = this.#times.toSorted((a, b) => a - b)
    this.#times = []
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
    return { p50: at(0.5), p99: at(0.99) }
  }

  stop(): void {
    clearInterval(this.#timer)
    for (const { socket } of this.#sockets) socket.disconnect()
  }
}

/** The highest resident memory while the task runs, MB. */
async function peakOf(pid: number, task: () => Promise<void>): Promise<number> {
  let peak = residentMb(pid)
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMb(pid))
  }, 50)
  await task()
  clearInterval(timer)
  return peak
}

const connect = (url: string, { token }: Person) =>
  new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers: { authorization: `Bearer ${token}` } })

/** Resolves when all have come, each once and in order. */
async function readAll(url: string, reader: Person): Promise<void> {
  const socket = connect(url, reader)
  let last = 0
  await new Promise<void>((resolve, reject) => {
    socket.on('close', code => reject(new Error(`closed with ${code} after ${last}`)))
    socket.on('message', text => {
      const { type, data } = JSON.parse(String(text))
      if (type !== 'new_message') return
      if (data.message.seq !== last + 1) reject(new Error(`${data.message.seq} came after ${last}`))
      last = data.message.seq
      if (last === WAITING) resolve()
    })
  })
  socket.terminate()
}

/** A reader whose program stands still: it takes nothing off its socket. */
async function readNothing(url: string, reader: Person): Promise<void> {
  const socket = connect(url, reader)
  await once(socket, 'open')
  socket.pause()
  await pause(STUCK_SECONDS * 1000)
  socket.terminate()
}

const fixed = (number: number) => number.toFixed(2)

async function measure(server: RunningParley, databaseUrl: string): Promise<void> {
  const { url, pid } = server
  const token = (userId: string) => ask<Person>(url, '/api/auth/token', { userId })
  const [writer, reader] = [await token('writer'), await token('reader')]
  const body = { userId1: writer.userId, userId2: reader.userId }
  const { sessionId } = await ask<{ sessionId: string }>(url, '/api/chat/sessions/private', body)
  await fill(databaseUrl, sessionId, writer.userId)
  const others = await Others.start(url, await parleyPairs(url, OTHERS))
  await pause(3000)
  others.take()
  await pause(BASELINE_SECONDS * 1000)
  const before = { ...others.take(), memory: residentMb(pid) }
  const stuck = await peakOf(pid, () => readNothing(url, reader))
  const beside = others.take()
  const began = performance.now()
  const pushing = await peakOf(pid, () => readAll(url, reader))
  const seconds = (performance.now() - began) / 1000
  const during = others.take()
  others.stop()
  console.log(
    `BACKLOG ${WAITING} messages pushed in ${fixed(seconds)} s, each once and in order; the others' acknowledgements: ` +
      `p50 ${fixed(before.p50)} → ${fixed(during.p50)} ms, p99 ${fixed(before.p99)} → ${fixed(during.p99)} ms`,
  )
  console.log(`RATIO others' ack p50 beside the backlog: ${fixed(during.p50 / before.p50)}, aim 3`)
  console.log(
    `BACKLOG memory: ${fixed(before.memory)} MB before, at most ${fixed(pushing)} MB while it is pushed, ` +
      `at most ${fixed(stuck)} MB beside a reader that reads nothing (others' p50 then ${fixed(beside.p50)} ms)`,
  )
}

export async function measureBacklog(): Promise<void> {
  const [database, dataDir] = [await freshDatabase(), newDataDir()]
  try {
    const server = await startParley(database.url, dataDir)
    try {
      await measure(server, database.url)
    } finally {
      await server.stop()
    }
  } finally {
    await database.drop()
    dropDataDir(dataDir)
  }
}
