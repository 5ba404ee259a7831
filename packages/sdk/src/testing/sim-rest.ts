import { toWireMessage, toWireOperator, toWireSession } from '@parley/contracts/spelling'
import { ParleyError } from '../errors.ts'
import { ACCOUNT_HANDLERS } from './sim-accounts.ts'
import type { Asked, Handler, Handlers } from './sim-asked.ts'
import { CHAT_HANDLERS } from './sim-chats.ts'
import type { SimServer } from './sim-server.ts'

const STATUS: Readonly<Record<string, number>> = {
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  not_friends: 403,
  session_ended: 409,
  recall_window_passed: 409,
  unsupported_media_type: 415,
  rate_limited: 429,
  unavailable: 503,
}

const HANDLERS: Handlers = {
  'POST /api/auth/token': (server, { body }) => {
    const token = body['userId'] ? server.person(String(body['userId']), 'user') : server.newVisitor()
    return {
      data: { token, userId: server.people.get(token)?.id, userType: 'user', expiresIn: 60, expiresAt: '' },
    }
  },
  'POST /api/auth/identify': (server, { body, me }) => {
    const { role, id } = me()
    if (role === 'operator') throw new ParleyError('forbidden')
    if (server.wrongHashes.has(body['userHash'])) throw new ParleyError('unauthorized')
    const userId = String(body['userId'])
    const token = server.person(userId, 'user')
    if (body['email']) server.emails.set(userId, String(body['email']))
    for (const found of server.sessions.values())
      if (role === 'visitor' && found.session.userId === id)
        found.identify(userId, (body['name'] as string | undefined) ?? null)
    return { data: { token, userId, expiresIn: 60, expiresAt: '' } }
  },
  'GET /api/auth/me': (_server, { me }) => ({ data: me() }),
  'PATCH /api/auth/me': (_server, { me, body }) => ({ data: { ...me(), name: String(body['name']) } }),
  'POST /api/user/nickname': (server, { me, body, token }) => {
    const known = me()
    const nickname = String(body['nickname'])
    server.people.set(token ?? 'cookie', { ...known, name: nickname })
    return { data: { _id: known.id, id: known.id, role: known.role, nickname } }
  },
  'POST /api/chat/start-session': (server, { me }) => {
    const { session, created } = server.start(me())
    return { data: toWireSession(session), status: created ? 201 : 200 }
  },
  'POST /api/chat/end-session/:sessionId': (server, { me, id, body }) => {
    const found = server.known(id, me())
    found.end(me().id, (body['reason'] as string | undefined) ?? null)
    return { data: toWireSession(found.told()) }
  },
  'GET /api/chat/messages/:sessionId': (server, { me, id, query }) => {
    const before = query.get('beforeSeq')
    const limit = Number(query.get('limit'))
    const after = query.get('afterSeq')
    const found = server.known(id, me())
    const items =
      after === null
        ? found.page(limit, before === null ? undefined : Number(before))
        : found.pageAfter(limit, Number(after))
    return {
      data: items.map(toWireMessage),
      pagination: { page: 1, limit, total: items.length, totalPages: 1 },
    }
  },
  'GET /api/operators': server => ({ data: [...server.operators.values()].map(toWireOperator) }),
}

interface Entry {
  readonly method: string
  /** Without its parameters, as it is noted in `asked`. */
  readonly base: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly handler: Handler
}

const ENTRIES: readonly Entry[] = Object.entries({ ...HANDLERS, ...CHAT_HANDLERS, ...ACCOUNT_HANDLERS })
  .map(([route, handler]) => {
    const [method = '', template = ''] = route.split(' ')
    return {
      method,
      base: template.replace(/\/:.*$/, ''),
      pattern: new RegExp(`^${template.replace(/:\w+/g, '([^/]+)')}$`),
      names: [...template.matchAll(/:(\w+)/g)].map(([, name]) => String(name)),
      handler,
    }
  })
  // A word of its own before a parameter that could be that word.
  .toSorted((a, b) => a.names.length - b.names.length)

function find(method: string, path: string) {
  for (const entry of ENTRIES) {
    const values = entry.method === method ? entry.pattern.exec(path)?.slice(1) : undefined
    if (!values) continue
    const named = entry.names.map((name, i) => [name, decodeURIComponent(values[i] ?? '')])
    return { ...entry, params: Object.fromEntries(named) as Asked['params'] }
  }
  return null
}

type Carried = Pick<Asked, 'body' | 'form'>

function answer(server: SimServer, method: string, url: URL, token: string | null, carried: Carried) {
  const found = find(method, url.pathname)
  server.asked.push(`${method} ${found?.base ?? url.pathname}`)
  const me = () => {
    const known = server.people.get(token ?? 'cookie')
    if (!known) throw new ParleyError('unauthorized')
    return known
  }
  const failure = server.failNext.shift()
  if (failure) throw failure
  if (!found) throw new ParleyError('not_found')
  const { params, handler } = found
  const id = Object.values(params)[0] ?? ''
  return handler(server, { ...carried, query: url.searchParams, token, me, id, params })
}

const json = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

/** The server's REST door, as `fetch` sees it. */
export function simFetch(server: SimServer): typeof fetch {
  return async (input, init = {}) => {
    await Promise.resolve()
    if (!server.reachable) throw new TypeError('fetch failed')
    const headers = new Headers(init.headers)
    const token = headers.get('Authorization')?.replace('Bearer ', '') ?? null
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : {}
    const form = init.body instanceof FormData ? init.body : null
    try {
      const {
        data,
        status = 200,
        pagination,
      } = answer(server, init.method ?? 'GET', new URL(String(input)), token, { body, form })
      return json({ success: true, data, pagination }, status)
    } catch (error) {
      const { code, message, retryAfterMs } = ParleyError.of(error)
      const retry = retryAfterMs === null ? {} : { 'Retry-After': String(retryAfterMs / 1000) }
      return json({ success: false, error: code, message, requestId: 'r1' }, STATUS[code] ?? 400, retry)
    }
  }
}
