import { io, type Socket } from 'socket.io-client'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: {
    readonly success: boolean
    readonly error?: string
    readonly message?: string
    readonly data: Record<string, never> & { readonly [field: string]: unknown }
  }
}

/** As with curl: a method, a path, headers, JSON. */
export async function curl(
  url: string,
  call: string,
  { body, headers = {} }: { body?: unknown; headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const [method = 'GET', path = '/'] = call.split(' ')
  const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url + path, {
    method,
    headers: { ...json, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer['body'],
  }
}

export interface Heard {
  readonly event: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** A stock client that is connected, and all it has heard since. */
export async function stockClient(url: string, auth: Readonly<Record<string, unknown>>) {
  const socket: Socket = io(url, { auth, forceNew: true, transports: ['websocket'], reconnection: false })
  const heard: Heard[] = []
  socket.onAny((event: string, payload: Heard['payload']) => heard.push({ event, payload }))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('connect_error', reject)
  })
  return { socket, heard, close: () => void socket.disconnect() }
}
