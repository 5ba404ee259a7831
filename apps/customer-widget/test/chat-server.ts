import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { WidgetSettings } from '@parley/contracts'

const BUILT = join(import.meta.dirname, '../dist')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

export const SETTINGS: WidgetSettings = {
  siteId: 'default',
  name: 'Birch & Stone',
  accent: '#0b6bcb',
  corner: 'right',
  online: true,
  messageMaxLength: 1000,
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}
export const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})
export const html = (body: string): Answer => ({ status: 200, type: 'text/html', body })
export const settingsAnswer = json(200, { success: true, data: SETTINGS })

/** What a server gives a page with the widget on the wire: the built loader and app, and what a test wants beside them. */
export interface ChatServer {
  readonly port: number
  /** `http://localhost:<port>`: another site than `http://127.0.0.1:<port>`, where the host's pages are. */
  readonly url: string
  /** By path; taken before what is built. Empty again after each test. */
  readonly answers: Map<string, Answer>
  /** `POST /api/auth/logout Bearer abc` */
  readonly asked: string[]
  /** Of the pages of `127.0.0.1`. */
  policy: string
  close(): Promise<void>
}

export async function startChatServer(): Promise<ChatServer> {
  const answers = new Map<string, Answer>()
  const asked: string[] = []
  const server = createServer((request, response) => void respond(request, response))
  await new Promise<void>(resolve => server.listen(0, () => resolve()))
  const { port } = server.address() as AddressInfo
  const url = `http://localhost:${port}`
  const chat = {
    port,
    url,
    answers,
    asked,
    policy: '',
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
  async function respond({ method, url: asks = '/', headers }: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(asks, url)
    if (pathname.startsWith('/api/')) asked.push(`${method} ${asks} ${headers.authorization ?? ''}`)
    const preflight = method === 'OPTIONS' ? { status: 204, type: 'text/plain', body: '' } : undefined
    const { status, type, body } = preflight ?? answers.get(pathname) ?? (await built(pathname))
    const isPage = headers.host?.startsWith('127.0.0.1') && chat.policy !== ''
    response.writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization',
      ...(isPage && { 'content-security-policy': chat.policy }),
    })
    response.end(body)
  }
  return chat
}

async function built(path: string): Promise<Answer> {
  const file = path.endsWith('/') ? `${path}index.html` : path
  try {
    const body = await readFile(join(BUILT, file.replace(/^\/widget\//, '/app/')), 'utf8')
    return { status: 200, type: TYPES[extname(file)] ?? 'text/plain', body }
  } catch {
    return { status: 404, type: 'text/plain', body: '' }
  }
}
