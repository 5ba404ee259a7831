import { WebSocket } from 'ws'

export interface Frame {
  readonly type: string
  readonly data: Record<string, unknown>
  readonly id?: string
}

export interface RawCredential {
  readonly protocols?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

export interface RawClient {
  readonly socket: WebSocket
  readonly frames: Frame[]
  readonly closed: Promise<number>
  /** 101, or the status that came instead of the upgrade. */
  readonly status: Promise<number>
  send(value: unknown): void
}

/** A stock client of `/ws`, and all it has heard. Close it by `socket.terminate()`. */
export function rawClient(url: string, { protocols = [], headers = {} }: RawCredential = {}): RawClient {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, [...protocols], { headers })
  const frames: Frame[] = []
  socket.on('message', data => frames.push(JSON.parse(data.toString())))
  socket.on('error', () => undefined)
  return {
    socket,
    frames,
    closed: new Promise(resolve => socket.once('close', resolve)),
    status: new Promise(resolve => {
      socket.once('open', () => resolve(101))
      socket.once('unexpected-response', (_, response) => resolve(response.resume().statusCode ?? 0))
    }),
    send: value => socket.send(typeof value === 'string' ? value : JSON.stringify(value)),
  }
}

export const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
