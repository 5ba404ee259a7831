import { expect, test } from 'vitest'
import { formatRoute, parseRoute, type Route } from './route.ts'

const ROUTES: Route[] = [
  { place: 'sessions', view: 'mine', sessionId: null },
  { place: 'sessions', view: 'queue', sessionId: '0190-abc' },
  { place: 'sessions', view: 'history', sessionId: 'a b#c%d?中' },
  { place: 'team', sessionId: null, seq: null },
  { place: 'team', sessionId: 'a/b', seq: null },
  { place: 'team', sessionId: 'g1', seq: 4711 },
  { place: 'settings', page: null },
  { place: 'settings', page: 'keys' },
]

test.each(ROUTES)('an address leads back to where it was taken: %j', route => {
  expect(parseRoute(formatRoute(route))).toEqual(route)
})

test.each(['', '#', '#/', '#/nowhere', '#/sessions', '#/sessions/nobody/1', '#/%E0%A4%A'])(
  '%s leads home',
  hash => {
    expect(parseRoute(hash)).toEqual({ place: 'sessions', view: 'mine', sessionId: null })
  },
)

test('a settings page that is not known leads to the list of them', () => {
  expect(parseRoute('#/settings/nothing')).toEqual({ place: 'settings', page: null })
})

test('a message that can’t be one leads to its session', () => {
  expect(parseRoute('#/team/g1/0')).toEqual({ place: 'team', sessionId: 'g1', seq: null })
  expect(parseRoute('#/team/g1/last')).toEqual({ place: 'team', sessionId: 'g1', seq: null })
})
