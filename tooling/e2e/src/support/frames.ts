import { once } from 'node:events'
import { afterAll } from 'vitest'
import { WebSocket } from 'ws'
import type { TestServer } from './server.ts'

/** A frame of `/ws` as it came: api.md §8. */
export interface Heard<D = Readonly<Record<string, unknown>>> {
  readonly type: string
  readonly data: D
  readonly id?: string | number
}

/** Milliseconds until a test gives up on a frame. */
const PATIENCE = 15_000

/** A stock `ws` client that keeps what it hears. */
export class Frames {
  readonly socket: WebSocket
  readonly heard: Heard[] = []
  /** The close code, once it is closed. */
  closed: number | null = null
  readonly #waiting = new Set<() => void>()
  #calls = 0

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', data => {
      this.heard.push(JSON.parse(String(data)) as Heard)
      this.#look()
    })
    socket.on('close', code => {
      this.closed = code
      this.#look()
    })
    socket.on('error', () => undefined) // `close` follows
  }

  /** Resolves with the client once it is `connected`. */
  static async open({ url }: Pick<TestServer, 'url'>, token: string): Promise<Frames> {
    const frames = new Frames(dial(url, { token }))
    await frames.hears('connected')
    return frames
  }

  send(type: string, data?: unknown, id?: string | number): void {
    this.socket.send(JSON.stringify({ type, data, ...(id !== undefined && { id }) }))
  }

  /** What the server answers to a frame with an id: its `ack`, or its `error`. */
  async call<D = Readonly<Record<string, unknown>>>(type: string, data?: unknown): Promise<Heard<D>> {
    this.#calls += 1
    const id = `c${this.#calls}`
    this.send(type, data, id)
    return (await this.until(
      () => this.heard.find(one => one.id === id && (one.type === 'ack' || one.type === 'error')),
      `an answer to ${type}`,
    )) as Heard<D>
  }

  all<D = Readonly<Record<string, unknown>>>(type: string): D[] {
    return this.heard.filter(one => one.type === type).map(({ data }) => data as D)
  }

  /** The first of that type, heard already or later, that fits. */
  hears<D = Readonly<Record<string, unknown>>>(
    type: string,
    fits: (data: D) => boolean = () => true,
  ): Promise<D> {
    return this.until(() => this.all<D>(type).find(fits), type)
  }

  close(): void {
    this.socket.terminate()
  }

  /** What `find` finds, now or when something has come. */
  until<T>(find: () => T | undefined | null | false, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => {
        this.#waiting.delete(look)
        reject(new Error(`no ${what}; heard: ${JSON.stringify(this.heard).slice(-3000)}`))
      }, PATIENCE)
      const look = () => {
        const found = find()
        if (!found) return
        clearTimeout(tooLate)
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  #look(): void {
    for (const look of this.#waiting) look()
  }
}

interface Way {
  readonly token?: string
  readonly protocols?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

export const dial = (url: string, { token, protocols = [], headers = {} }: Way): WebSocket =>
  new WebSocket(`${url.replace('http', 'ws')}/ws`, [...protocols], {
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
  })

/** The HTTP status with which an upgrade is refused; 101: it was not. */
export async function upgradeStatus(url: string, way: Way): Promise<number> {
  const socket = dial(url, way)
  socket.on('error', () => undefined)
  const status = await Promise.race([
    once(socket, 'unexpected-response').then(
      ([, response]) => (response as { statusCode: number }).statusCode,
    ),
    once(socket, 'open').then(() => 101),
  ])
  socket.terminate()
  return status
}

/** Opens clients for the tests of a file, and closes them after it. */
export function useFrames(at: { readonly server: TestServer }): (who: { token: string }) => Promise<Frames> {
  const open: Frames[] = []
  afterAll(() => {
    for (const frames of open) frames.close()
  })
  return async ({ token }) => {
    const frames = await Frames.open(at.server, token)
    open.push(frames)
    return frames
  }
}
