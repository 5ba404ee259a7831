import type { InvalidExample } from './define.ts'
import { ids } from './entities.ts'

/** What no id may be, in the field that names it. */
export const badIds = (at: string, rest: Readonly<Record<string, unknown>> = {}): InvalidExample[] =>
  [undefined, 7, '', 'a/b', 'active', ' a', 'nul\u0000', '\ud800', 'x'.repeat(65)].map(id => ({
    payload: { ...rest, [at]: id },
    at,
  }))

/** What an id that may be left out may not be either, also where it comes as text in a query or a path. */
export const badOptionalIds = (at: string, rest: Readonly<Record<string, unknown>> = {}): InvalidExample[] =>
  ['a/b', 'unread', ' a', 'nul\u0000', 'x'.repeat(65)].map(id => ({ payload: { ...rest, [at]: id }, at }))

export const badPages: InvalidExample[] = [
  { payload: { page: 0 }, at: 'page' },
  { payload: { page: 1.5 }, at: 'page' },
  { payload: { page: 'two' }, at: 'page' },
  { payload: { limit: 0 }, at: 'limit' },
  { payload: { limit: -5 }, at: 'limit' },
]
export const inSession = (examples: readonly InvalidExample[]): InvalidExample[] =>
  examples.map(({ payload, at }) => ({ payload: { sessionId: ids.session, ...(payload as object) }, at }))
