import {
  fromWireMessage,
  fromWireOperator,
  fromWireSession,
  type WireMessage,
  type WireOperator,
  type WireSession,
} from '@parley/contracts/spelling'
import type { Answer, Routes } from './route.ts'
import { opened, VISITOR_ROUTES } from './visitor-routes.ts'

const operator = ({ data }: Answer) => fromWireOperator(data as WireOperator)
const operators = ({ data }: Answer) => (data as WireOperator[]).map(fromWireOperator)
const sessions = ({ data, pagination }: Answer) => ({
  items: (data as WireSession[]).map(fromWireSession),
  pagination,
})
const message = ({ data }: Answer) => fromWireMessage(data as WireMessage)
const user = ({ data }: Answer) => {
  const { _id, ...account } = data as { _id: string }
  return account
}
const login = (answer: Answer) => {
  const pair = answer.data as { user: unknown }
  return { ...pair, user: user({ ...answer, data: pair.user }) }
}
const assigned = ({ data }: Answer) => {
  const answer = data as { session: WireSession; operator: WireOperator | null }
  return {
    session: fromWireSession(answer.session),
    operator: answer.operator && fromWireOperator(answer.operator),
  }
}

/** Every operation that has a REST route, without the contracts' Zod; a test compares it with their `REST`. */
export const ROUTES = {
  ...VISITOR_ROUTES,
  'root.get': { to: 'GET /' },
  'health.get': { to: 'GET /api/health', bare: true },
  'auth.login': { to: 'POST /api/auth/login', read: login, signsIn: true },
  'auth.send-code': { to: 'POST /api/auth/send-verification-code', signsIn: true },
  'auth.verify-code': { to: 'POST /api/auth/verify-code', read: login, signsIn: true },
  'auth.refresh': { to: 'POST /api/auth/refresh-token', read: login, signsIn: true },
  'auth.update-me': { to: 'PATCH /api/auth/me' },
  'auth.change-password': { to: 'POST /api/auth/change-password' },
  'console.sign-in': { to: 'POST /api/console/login', signsIn: true },
  'console.sign-out': { to: 'POST /api/console/logout' },
  'user.profile': { to: 'GET /api/user/profile', read: user },
  'user.update-profile': { to: 'PUT /api/user/profile', read: user },
  'user.set-nickname': { to: 'POST /api/user/nickname', read: user },
  'session.create': { to: 'POST /api/chat/sessions', read: opened },
  'session.active': { to: 'GET /api/chat/sessions/active', read: sessions },
  'session.history': { to: 'GET /api/chat/sessions/history', read: sessions },
  'message.send': {
    to: 'POST /api/chat/send-message/:sessionId',
    fields: { text: 'message', type: 'messageType' },
    read: message,
  },
  'stats.desk': { to: 'GET /api/chat/stats' },
  'operator.list': { to: 'GET /api/operators', read: operators },
  'operator.online': { to: 'GET /api/operators/online', read: operators },
  'operator.available': { to: 'GET /api/operators/available', read: operators },
  'operator.create': { to: 'POST /api/operators', read: operator },
  'operator.update': { to: 'PATCH /api/operators/:operatorId', read: operator },
  'operator.set-status': { to: 'PUT /api/operators/:operatorId/status', read: operator },
  'operator.assign': { to: 'POST /api/operators/assign', read: assigned },
  'site.get': { to: 'GET /api/site' },
  'site.update': { to: 'PATCH /api/site' },
  'site.rotate-identity-secret': { to: 'POST /api/site/identity-secret' },
  'api-key.list': { to: 'GET /api/keys' },
  'api-key.create': { to: 'POST /api/keys' },
  'api-key.revoke': { to: 'DELETE /api/keys/:keyId' },
} as const satisfies Routes

export type RestOperation = keyof typeof ROUTES
