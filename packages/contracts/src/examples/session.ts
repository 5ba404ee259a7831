import { badIds, badPages } from './bad-values.ts'
import type { ExamplesOf, InvalidExample } from './define.ts'
import { endedSession, ids, message, pagination, session, userId, waitingSession } from './entities.ts'

const inOneSession = { valid: [{ sessionId: ids.session }], invalid: badIds('sessionId') }
const badLists: InvalidExample[] = [
  { payload: {}, at: 'list' },
  { payload: { list: 'everything' }, at: 'list' },
]

export const sessionExamples: ExamplesOf<`session.${'start' | 'create' | 'get' | 'end' | 'active' | 'history' | 'sync' | 'watch' | 'unwatch' | 'join' | 'leave'}`> =
  {
    'session.start': {
      valid: [
        { name: 'Lin Wei', metadata: { page: '/orders/4711' }, locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
        {},
        { userId, userType: 'user' },
      ],
      invalid: [
        { payload: { userId: 7 }, at: 'userId' },
        { payload: { userType: 'agent' }, at: 'userType' },
        { payload: { name: '' }, at: 'name' },
        { payload: { metadata: 'page' }, at: 'metadata' },
        { payload: { metadata: { a: { b: { c: { d: { e: { f: 1 } } } } } } }, at: 'metadata' },
        { payload: { metadata: { page: 'x'.repeat(9000) } }, at: 'metadata' },
        { payload: { metadata: { page: '\u0000' } }, at: 'metadata' },
      ],
      output: { session: waitingSession, created: true },
    },
    'session.create': {
      valid: [
        { userId, subject: 'Order #4711', strategy: 'round-robin' },
        { userId, operatorId: ids.operator },
      ],
      invalid: [
        ...badIds('userId'),
        { payload: { userId, strategy: 'random' }, at: 'strategy' },
        { payload: { userId, subject: 'x'.repeat(201) }, at: 'subject' },
        { payload: { userId, operatorId: 7 }, at: 'operatorId' },
      ],
      output: { session, created: true },
    },
    'session.get': { ...inOneSession, output: session },
    'session.end': {
      valid: [{ sessionId: ids.session, reason: 'solved' }, { sessionId: ids.session }],
      invalid: [
        ...badIds('sessionId'),
        { payload: { sessionId: ids.session, reason: 7 }, at: 'reason' },
        { payload: { sessionId: ids.session, reason: 'x'.repeat(201) }, at: 'reason' },
      ],
      output: endedSession,
    },
    'session.active': {
      valid: [{ status: 'active', operatorId: ids.operator, page: 1, limit: 20 }, {}, { limit: 5000 }],
      invalid: [...badPages, { payload: { status: 'ended' }, at: 'status' }],
      output: { items: [session], pagination },
    },
    'session.history': {
      valid: [{ userId, from: '2026-01-01', to: '2026-01-31T23:59:59Z' }, {}],
      invalid: [
        ...badPages,
        { payload: { from: 'yesterday' }, at: 'from' },
        { payload: { from: '0000-01-01' }, at: 'from' },
        { payload: { to: '9999-12-31T23:59:59-23:59' }, at: 'to' },
        { payload: { to: '2026-13-01' }, at: 'to' },
      ],
      output: { items: [endedSession], pagination },
    },
    'session.sync': {
      valid: [{ sessions: { [ids.session]: 1 }, limit: 200 }, {}],
      invalid: [
        { payload: { sessions: { [ids.session]: -1 } }, at: `sessions.${ids.session}` },
        { payload: { sessions: { [ids.session]: 1.5 } }, at: `sessions.${ids.session}` },
        { payload: { sessions: { [ids.session]: '1' } }, at: `sessions.${ids.session}` },
        { payload: { sessions: [ids.session] }, at: 'sessions' },
        { payload: { limit: 0 }, at: 'limit' },
      ],
      output: {
        sessions: { [ids.session]: { messages: [message], session, upTo: 2, complete: true } },
        unknown: [],
        others: [],
        more: false,
      },
    },
    'session.watch': {
      valid: [{ list: 'queue', limit: 100 }, { list: 'mine' }],
      invalid: badLists,
      output: { list: 'queue', sessions: [waitingSession], total: 1 },
    },
    'session.unwatch': { valid: [{ list: 'queue' }], invalid: badLists, output: { list: 'queue' } },
    'session.join': { ...inOneSession, output: { session, messages: [message] } },
    'session.leave': { ...inOneSession, output: { sessionId: ids.session } },
  }
