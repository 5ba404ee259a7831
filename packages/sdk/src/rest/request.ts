import type { OperationName } from '../contract-types.ts'
import type { Environment } from '../environment.ts'
import { type FailureCode, ParleyError } from '../errors.ts'
import type { Answer, CallOutput, Route, Routes } from './route.ts'

/** A request without an answer in this time is given up. Milliseconds. */
const TIMEOUT_MS = 20_000

export interface Rest {
  readonly url: string
  readonly environment: Pick<Environment, 'fetch' | 'clock'>
  readonly routes: Routes
}

export interface Credential {
  /** `null`: none, or the browser's cookie. */
  readonly token: string | null
  readonly cookie: boolean
}

/** How a request goes, where it is not as most do. */
export interface How {
  readonly fetch: typeof fetch
  /** Whoever gives it sees to it that the request ends. */
  readonly signal: AbortSignal
}

export const NOBODY: Credential = { token: null, cookie: false }

interface Envelope {
  readonly data?: unknown
  readonly pagination?: Answer['pagination']
  readonly error?: FailureCode
  readonly message?: string
  readonly details?: ParleyError['details']
  readonly requestId?: string
}

/** Its fields in the documented spelling; those of the path are taken out. */
function spellFields({ to, fields = {} }: Route, input: object) {
  const [method = '', template = ''] = to.split(' ')
  const body: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(input)) body[fields[name] ?? name] = value
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(body[name])
    delete body[name]
    return encodeURIComponent(value)
  })
  return { method, path, body }
}

/** The request that stands for an operation. */
export function spellRequest(route: Route, input: object, { token, cookie }: Credential) {
  const { method, path, body } = spellFields(route, input)
  const headers: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` }
  const init: RequestInit = { method, headers, credentials: cookie ? 'same-origin' : 'omit' }
  if (method === 'GET') {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(body)) if (value != null) query.set(name, String(value))
    return { path: path + `?${query}`.replace(/^\?$/, ''), init }
  }
  // A form of another site can't set it: what the server asks of every changing request with a cookie.
  if (cookie) headers['X-Parley'] = '1'
  if (input instanceof FormData) init.body = input
  else {
    headers['Content-Type'] = 'application/json'
    init.body = JSON.stringify(body)
  }
  return { path, init }
}

/** For a proxy's own page, which has no envelope. */
const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  413: 'payload_too_large',
  429: 'rate_limited',
}

function failure({ status, headers }: Response, body: Envelope): ParleyError {
  const seconds = Number(headers.get('Retry-After'))
  return new ParleyError(body.error ?? BY_STATUS[status] ?? 'unavailable', {
    ...body,
    // Some proxies say a date instead.
    retryAfterMs: seconds > 0 ? seconds * 1000 : null,
  })
}

async function bodyOf(response: Response): Promise<Envelope> {
  const text = await response.text()
  try {
    return JSON.parse(text) as Envelope
  } catch (cause) {
    if (response.ok) throw new ParleyError('unavailable', { message: 'The answer is not JSON', cause })
    return {}
  }
}

/** One request. Whatever goes wrong comes out as a `ParleyError`. */
export async function request<N extends OperationName>(
  { url, environment, routes }: Rest,
  operation: N,
  input: object = {},
  credential: Credential = NOBODY,
  how?: How,
): Promise<CallOutput<N>> {
  const route: Route | undefined = routes[operation]
  if (!route)
    throw new ParleyError('not_found', { message: `${operation} is not called over REST from here` })
  const { path, init } = spellRequest(route, input, credential)
  const abort = new AbortController()
  const cancel = environment.clock.after(TIMEOUT_MS, () => abort.abort())
  const { fetch, signal } = how ?? { fetch: environment.fetch, signal: abort.signal }
  try {
    const response = await fetch(new URL(path, url), { ...init, signal })
    const body = await bodyOf(response)
    const good = response.ok || (route.bare && !body.error)
    if (!good) throw failure(response, body)
    const { status } = response
    const answer: Answer = { data: route.bare ? body : body.data, status, pagination: body.pagination }
    return (route.read?.(answer) ?? answer.data) as CallOutput<N>
  } catch (cause) {
    if (cause instanceof ParleyError) throw cause
    throw new ParleyError('unreachable', { cause })
  } finally {
    cancel()
  }
}
