import { z } from 'zod'
import { health, rootGet } from '../health.ts'
import type { Operator } from '../operator.ts'
import type { Session } from '../session.ts'
import * as site from '../site.ts'
import { deskStats } from '../stats.ts'
import { rest } from './define.ts'
import { wireMessage, wireOperator, wireSession } from './entities.ts'
import { ACCOUNT_ROUTES } from './rest-accounts.ts'
import { CHAT_ROUTES } from './rest-chat.ts'
import { FILE_ROUTES } from './rest-files.ts'
import { FRIENDS_ROUTES } from './rest-friends.ts'
import { SEARCH_ROUTES } from './rest-search.ts'
import { toWireMessage, toWireOperator, toWireSession } from './spelling.ts'

const documented = true
const extra = false

const oneSession = (session: Session) => ({ data: toWireSession(session) })
const oneOperator = (operator: Operator) => ({ data: toWireOperator(operator) })
const operators = (list: Operator[]) => ({ data: list.map(toWireOperator) })
const opened = (output: { session: Session }) => oneSession(output.session)
const openedStatus = (output: { created: boolean }) => (output.created ? 201 : 200)
const sessionPage = (page: { items: Session[]; pagination: unknown }) => ({
  data: page.items.map(toWireSession),
  pagination: page.pagination,
})
const created = () => 201
const text = { message: 'text', messageType: 'type' }

/** Every REST route. */
export const REST = [
  rest({ method: 'GET', path: '/', operation: 'root.get', data: rootGet.output, documented }),
  rest({
    method: 'GET',
    path: '/api/health',
    operation: 'health.get',
    bare: true,
    status: h => (h.status === 'down' ? 503 : 200),
    statuses: [200, 503],
    data: health,
    documented,
  }),

  ...ACCOUNT_ROUTES,
  ...FILE_ROUTES,

  rest({
    method: 'POST',
    path: '/api/chat/start-session',
    operation: 'session.start',
    status: openedStatus,
    statuses: [200, 201],
    answer: opened,
    data: wireSession,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/sessions',
    operation: 'session.create',
    status: openedStatus,
    statuses: [200, 201],
    answer: opened,
    data: wireSession,
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/chat/session/:sessionId',
    operation: 'session.get',
    answer: oneSession,
    data: wireSession,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/end-session/:sessionId',
    operation: 'session.end',
    answer: oneSession,
    data: wireSession,
    documented,
  }),
  rest({
    method: 'PUT',
    path: '/api/chat/sessions/:sessionId/close',
    operation: 'session.end',
    answer: oneSession,
    data: wireSession,
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/chat/sessions/active',
    operation: 'session.active',
    answer: sessionPage,
    data: z.array(wireSession),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/chat/sessions/history',
    operation: 'session.history',
    answer: sessionPage,
    data: z.array(wireSession),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/chat/messages/:sessionId',
    operation: 'message.list',
    answer: page => ({ data: page.items.map(toWireMessage), pagination: page.pagination }),
    data: z.array(wireMessage),
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/chat/send-message/:sessionId',
    operation: 'message.send',
    fields: text,
    values: { senderType: { agent: 'operator' } },
    status: created,
    statuses: [201],
    answer: message => ({ data: toWireMessage(message) }),
    data: wireMessage,
    documented,
  }),
  ...CHAT_ROUTES,
  ...FRIENDS_ROUTES,
  ...SEARCH_ROUTES,
  rest({ method: 'GET', path: '/api/chat/stats', operation: 'stats.desk', data: deskStats, documented }),

  rest({
    method: 'GET',
    path: '/api/operators',
    operation: 'operator.list',
    answer: operators,
    data: z.array(wireOperator),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/operators/online',
    operation: 'operator.online',
    answer: operators,
    data: z.array(wireOperator),
    documented,
  }),
  rest({
    method: 'GET',
    path: '/api/operators/available',
    operation: 'operator.available',
    answer: operators,
    data: z.array(wireOperator),
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/operators',
    operation: 'operator.create',
    status: created,
    statuses: [201],
    answer: oneOperator,
    data: wireOperator,
    documented,
  }),
  rest({
    method: 'PATCH',
    path: '/api/operators/:operatorId',
    operation: 'operator.update',
    answer: oneOperator,
    data: wireOperator,
    documented,
  }),
  rest({
    method: 'PUT',
    path: '/api/operators/:operatorId/status',
    operation: 'operator.set-status',
    answer: oneOperator,
    data: wireOperator,
    documented,
  }),
  rest({
    method: 'POST',
    path: '/api/operators/assign',
    operation: 'operator.assign',
    answer: o => ({
      data: { session: toWireSession(o.session), operator: o.operator && toWireOperator(o.operator) },
    }),
    data: z.object({ session: wireSession, operator: wireOperator.nullable() }),
    documented,
  }),

  rest({
    method: 'GET',
    path: '/api/site',
    operation: 'site.get',
    data: site.siteSettings,
    documented: extra,
  }),
  rest({
    method: 'PATCH',
    path: '/api/site',
    operation: 'site.update',
    data: site.siteSettings,
    documented: extra,
  }),
  rest({
    method: 'GET',
    path: '/api/site/widget',
    operation: 'site.widget',
    data: site.widgetSettings,
    documented: extra,
  }),
  rest({
    method: 'POST',
    path: '/api/site/identity-secret',
    operation: 'site.rotate-identity-secret',
    data: site.identitySecretReveal.output,
    documented: extra,
  }),
  rest({
    method: 'GET',
    path: '/api/keys',
    operation: 'api-key.list',
    data: z.array(site.apiKey),
    documented: extra,
  }),
  rest({
    method: 'POST',
    path: '/api/keys',
    operation: 'api-key.create',
    status: created,
    statuses: [201],
    data: site.apiKeyCreate.output,
    documented: extra,
  }),
  rest({
    method: 'DELETE',
    path: '/api/keys/:keyId',
    operation: 'api-key.revoke',
    data: site.apiKeyRevoke.output,
    documented: extra,
  }),
]
