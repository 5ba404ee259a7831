import type { FieldProblem, Pagination } from '@parley/contracts'
import { API_KEY } from './server.ts'

/** The envelope of every answer; which half is there, its `success` says. */
export interface Body<D> {
  readonly success: boolean
  readonly data: D
  readonly pagination: Pagination
  readonly error: string
  readonly message: string
  readonly details?: readonly FieldProblem[]
  readonly requestId: string
}

export interface Answer<D> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body<D>
}

export interface Credential {
  readonly token?: string
  readonly key?: boolean
  /** `Accept-Language`. */
  readonly language?: string
}

/** What curl would do. `D` is what the caller expects in `data`; its asserts say whether it came. */
export async function ask<D = Readonly<Record<string, unknown>>>(
  { url }: { readonly url: string },
  call: string,
  { token, key, language }: Credential = {},
  body?: unknown,
): Promise<Answer<D>> {
  const [method = 'GET', path = '/'] = call.split(' ')
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(key && { 'x-api-key': API_KEY }),
      ...(language && { 'accept-language': language }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body<D> }
}

/** The status and the code of a refusal: `404 not_found`. */
export async function refusal(answer: Promise<Answer<unknown>>): Promise<string> {
  const { status, body } = await answer
  return `${status} ${body.success ? 'success' : body.error}`
}
