import type { RestBinding } from '@parley/contracts'
import { REST } from '@parley/contracts'
import { fieldFor, type InvalidExample, payloadFor } from '@parley/contracts/examples'
import { API_KEY } from '../support/server.ts'

export interface BadRequest {
  readonly name: string
  readonly binding: RestBinding
  readonly path: string
  readonly body: Readonly<Record<string, unknown>> | undefined
  /** The field that the answer must name; empty: none. */
  readonly at: string
}

export const nameOf = ({ method, path }: RestBinding): string => `${method} ${path}`

/** Routes that take a body, which is no file. */
export const WITH_BODY = REST.filter(
  ({ method, upload }) => method !== 'GET' && method !== 'DELETE' && upload === undefined,
)

/** Where a query says a number, it says its text. */
const NUMBERS = ['page', 'limit', 'beforeSeq', 'afterSeq']
/** A query is text, in UTF-8: another type is none there, and half a character some other one. */
const fitsQuery = (name: string, value: unknown): boolean =>
  isText(value) ? !/\p{Surrogate}/u.test(value) : NUMBERS.includes(name)

const isText = (value: unknown): value is string => typeof value === 'string'
const parametersOf = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

/** The route's path with these values, or else with ids that are nobody's. */
export function pathOf({ path }: RestBinding, values: Readonly<Record<string, unknown>> = {}): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = values[name]
    return isText(value) ? encoded(value) : '0193f2a1-0000-7b8a-9d21-5e0f6a7b8c9d'
  })
}

/** As a careless client would: a lone surrogate becomes the bytes that it would have if it had any. */
const encoded = (value: string): string =>
  [...value].map(one => (/^\p{Surrogate}$/u.test(one) ? '%ED%A0%80' : encodeURIComponent(one))).join('')

/** How the route is asked what the example says; null where a URL can't say it. */
export function badRequest(
  binding: RestBinding,
  { payload, at: wrong }: InvalidExample,
  name: string,
): BadRequest | null {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return null
  const values: Readonly<Record<string, unknown>> = payloadFor(binding, payload)
  const at = fieldFor(binding, wrong)
  const inPath = parametersOf(binding.path)
  if (inPath.includes(at) && (!isText(values[at]) || values[at] === '')) return null
  // What the example leaves out of the path can't be left out there.
  if (inPath.some(name => name !== at && values[name] === undefined)) return null
  const path = pathOf(binding, values)
  const rest = Object.fromEntries(Object.entries(values).filter(([field]) => !inPath.includes(field)))
  if (binding.method !== 'GET' && binding.method !== 'DELETE') return { name, binding, path, body: rest, at }
  if (!inPath.includes(at) && !fitsQuery(at, values[at])) return null
  const query = Object.entries(rest).map(([field, value]) => `${field}=${encoded(String(value))}`)
  return { name, binding, path: `${path}?${query.join('&')}`, body: undefined, at }
}

export interface Wires {
  readonly url: string
  readonly adminToken: string
  readonly visitorToken: string
}

/** With a credential that the operation takes, so that nothing but the input is wrong. */
export function credential(
  who: readonly string[],
  { adminToken, visitorToken }: Wires,
): Readonly<Record<string, string>> {
  if (who.includes('key')) return { 'x-api-key': API_KEY }
  if (who.includes('anyone')) return {}
  return { authorization: `Bearer ${who.includes('customer') ? visitorToken : adminToken}` }
}

export async function sendRaw(
  { url }: Pick<Wires, 'url'>,
  { method }: Pick<RestBinding, 'method'>,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string | Uint8Array<ArrayBuffer>,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const response = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** What no route may take as its body, and what it answers. */
export const BAD_BODIES: readonly (readonly [
  what: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  answer: string,
])[] = [
  ['no JSON', '{"name":', {}, '400 validation_failed'],
  ['a list', '[]', {}, '400 validation_failed'],
  ['a text', '"name"', {}, '400 validation_failed'],
  ['a number', '7', {}, '400 validation_failed'],
  [
    'broken UTF-8',
    new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    {},
    '400 validation_failed',
  ],
  ['half a character', new Uint8Array([0x22, 0xe4, 0xbd]), {}, '400 validation_failed'],
  ['a thousand levels', `{"metadata":${'['.repeat(1000)}${']'.repeat(1000)}}`, {}, '400 validation_failed'],
  ['more than 64 KiB', JSON.stringify({ name: 'x'.repeat(66_000) }), {}, '413 payload_too_large'],
  [
    'a form',
    'name=Lin',
    { 'content-type': 'application/x-www-form-urlencoded' },
    '415 unsupported_media_type',
  ],
  ['plain text', '{}', { 'content-type': 'text/plain' }, '415 unsupported_media_type'],
  ['gzip', '{}', { 'content-encoding': 'gzip' }, '415 unsupported_media_type'],
]
