import { Failure, type RestBinding, respell } from '@parley/contracts'
import { problemText } from '../../operations/problems.ts'
import type { Locale } from '../../operations/types.ts'

export interface RestRequest {
  readonly method: string
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** The operation's input out of all that a request says: the path wins over the body, the body over the query. */
export function restInput(
  binding: RestBinding,
  { method, params, query, body }: RestRequest,
  locale: Locale,
): unknown {
  const said = method === 'GET' || method === 'HEAD' ? {} : bodyObject(body, locale)
  return respell({ ...objectOf(query), ...said, ...objectOf(params) }, binding)
}

const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

function bodyObject(body: unknown, locale: Locale): object {
  if (body === undefined || body === null) return {}
  if (typeof body === 'object' && !Array.isArray(body)) return body
  throw new Failure('validation_failed', {}, [{ path: '', message: problemText(locale, 'object') }])
}
