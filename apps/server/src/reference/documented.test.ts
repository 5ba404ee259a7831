import { describe, expect, it } from 'vitest'
import { printAsyncApi } from './asyncapi.ts'
import type { JsonSchema } from './json-schema.ts'
import { printOpenApi } from './openapi.ts'

/** Every route of api.md §1–5, by hand: what is printed from the registry is held against what was promised. */
const ROUTES = [
  'POST /api/auth/token',
  'POST /api/auth/refresh-token',
  'POST /api/auth/login',
  'POST /api/auth/logout',
  'POST /api/auth/send-verification-code',
  'POST /api/auth/verify-code',
  'GET /api/user/profile',
  'PUT /api/user/profile',
  'POST /api/user/nickname',
  'POST /api/user/avatar',
  'POST /api/files',
  'POST /api/user/avatar',
  'GET /api/user/search',
  'GET /api/user/{userId}',
  'POST /api/friend/request',
  'POST /api/friend/accept/{friendId}',
  'POST /api/friend/reject/{friendId}',
  'DELETE /api/friend/{friendId}',
  'PUT /api/friend/{friendId}/remark',
  'POST /api/friend/block/{userId}',
  'DELETE /api/friend/block/{userId}',
  'GET /api/friend/requests',
  'GET /api/friend/list',
  'GET /api/friend/search',
  'GET /api/message/history/{friendId}',
  'POST /api/message/read/{friendId}',
  'GET /api/message/unread-count',
  'GET /api/message/conversations',
  'POST /api/message/recall/{messageId}',
  'GET /api/chat/users',
  'GET /api/chat/users/online',
  'GET /api/users',
  'GET /api/users/{userId}',
  'POST /api/users',
  'GET /api/chat/sessions/{userId}',
  'POST /api/chat/sessions/private',
  'POST /api/chat/sessions/group',
  'POST /api/chat/sessions/{sessionId}/participants',
  'DELETE /api/chat/sessions/{sessionId}/participants/{userId}',
  'POST /api/chat/messages',
  'PUT /api/chat/messages/{messageId}/read',
  'GET /api/chat/messages/unread/{userId}',
  'DELETE /api/chat/messages/{messageId}',
  'POST /api/chat/messages/{messageId}/reactions',
  'POST /api/chat/messages/{messageId}/forward',
  'GET /api/chat/messages/search',
  'GET /api/chat/stats/{userId}',
  'POST /api/files',
  'POST /api/chat/start-session',
  'POST /api/chat/sessions',
  'GET /api/chat/session/{sessionId}',
  'POST /api/chat/end-session/{sessionId}',
  'PUT /api/chat/sessions/{sessionId}/close',
  'GET /api/chat/sessions/active',
  'GET /api/chat/sessions/history',
  'GET /api/chat/messages/{sessionId}',
  'POST /api/chat/send-message/{sessionId}',
  'GET /api/chat/stats',
  'GET /api/operators',
  'GET /api/operators/online',
  'GET /api/operators/available',
  'POST /api/operators',
  'PATCH /api/operators/{operatorId}',
  'PUT /api/operators/{operatorId}/status',
  'POST /api/operators/assign',
  'GET /api/health',
  'GET /',
]

/** Of §6 and §7. */
const CALLS = [
  'join_session',
  'send_message',
  'typing_start',
  'typing_stop',
  'session:sync',
  'session:watch',
  'message:read',
  'user:join',
  'message:send',
  'users:online',
  'chat:history',
  'user:status:update',
  'unread:count',
  'typing:start',
  'typing:stop',
  'message:recall',
]
const EVENTS = [
  'session_joined',
  'user_joined',
  'new_message',
  'user_typing',
  'user_left',
  'session_waiting',
  'session_ended',
  'session_assigned',
  'queue_position',
  'error',
  'message:read',
  'message:status',
  'participants:changed',
  'session:changed',
  'session:listed',
  'session:unlisted',
  'user:joined',
  'user:status',
  'message:sent',
  'message:receive',
  'users:online',
  'chat:history',
  'unread:count',
  'typing:start',
  'typing:stop',
  'message:recalled',
]

interface Route {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: JsonSchema }[]
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema: JsonSchema; readonly example: unknown }>
  }
  readonly responses: Record<
    string,
    { readonly content: Record<string, { readonly example?: unknown; readonly examples?: unknown }> }
  >
  readonly operationId: string
}
interface OpenApi {
  readonly paths: Record<string, Record<string, Route>>
  readonly components: { readonly schemas: Record<string, unknown> }
}
interface AsyncApi {
  readonly operations: Record<string, { readonly messages: readonly { readonly $ref: string }[] }>
  readonly channels: Record<
    string,
    {
      readonly messages: Record<
        string,
        { readonly payload: unknown; readonly examples: { payload: unknown }[] }
      >
    }
  >
  readonly components: { readonly schemas: Record<string, unknown> }
}

const openApi = JSON.parse(JSON.stringify(printOpenApi('0.0.0'))) as OpenApi
const asyncApi = JSON.parse(JSON.stringify(printAsyncApi('0.0.0'))) as AsyncApi

const references = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : references(inner)))
    : []

function resolve(document: unknown, ref: string): unknown {
  const steps = ref
    .slice(2)
    .split('/')
    .map(step => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
  return steps.reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    document,
  )
}

describe('openapi.json', () => {
  const routes = Object.entries(openApi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => [`${method.toUpperCase()} ${path}`, route] as const),
  )

  it.each(ROUTES)('has %s', name => {
    expect(routes.map(([known]) => known)).toContain(name)
  })

  it.each(routes)('%s has examples of what goes in and out', (name, route) => {
    for (const { example } of Object.values(route.requestBody?.content ?? {}))
      expect(example).toBeTypeOf('object')
    expect(Object.keys(route.requestBody?.content ?? { none: {} })).not.toEqual([])
    for (const { content } of Object.values(route.responses)) {
      const { example, examples } = content['application/json'] ?? {}
      expect(example ?? examples).toBeTypeOf('object')
    }
    for (const [, parameter] of name.matchAll(/\{(\w+)\}/g)) {
      expect(route.parameters).toContainEqual(expect.objectContaining({ name: parameter, in: 'path' }))
    }
  })

  it('names each operation once', () => {
    const ids = routes.map(([, route]) => route.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is in the documented spelling', () => {
    const send = openApi.paths['/api/chat/send-message/{sessionId}']?.['post']
    const body = send?.requestBody?.content['application/json']
    expect(body?.schema).toHaveProperty('properties.message')
    expect(JSON.stringify(body)).not.toContain('"text":')
    expect(JSON.stringify(body?.schema)).toContain('"agent"')
  })

  it('points only to what is there', () => {
    for (const ref of references(openApi))
      expect({ ref, there: resolve(openApi, ref) !== undefined }).toEqual({ ref, there: true })
    expect(Object.keys(openApi.components.schemas)).toEqual(
      expect.arrayContaining(['Message', 'Session', 'Operator', 'Failure']),
    )
  })
})

describe('asyncapi.json', () => {
  it.each(CALLS)('has the call %s, with its acknowledgement', name => {
    expect(asyncApi.operations).toHaveProperty([`socketio receive ${name}`])
    expect(asyncApi.channels['socketio']?.messages).toHaveProperty([`acknowledgement of ${name}`])
  })

  it.each(EVENTS)('has the event %s', name => {
    expect(asyncApi.operations).toHaveProperty([`socketio send ${name}`])
  })

  it('has what /ws takes and tells', () => {
    for (const name of [
      ...['session:sync', 'message:send', 'text_message', 'message_read', 'message_recall'].map(
        name => `ws receive ${name}`,
      ),
      ...['connected', 'new_message', 'message_sent', 'message_read', 'message_recalled'].map(
        name => `ws send ${name}`,
      ),
      ...['recall_success', 'recall_failed', 'users:online', 'error'].map(name => `ws send ${name}`),
    ]) {
      expect(asyncApi.operations).toHaveProperty([name])
    }
  })

  it('shows an example of every message', () => {
    for (const { messages } of Object.values(asyncApi.channels)) {
      for (const [name, { examples }] of Object.entries(messages))
        expect({ name, example: typeof examples[0]?.payload }).toEqual({ name, example: 'object' })
    }
  })

  it('points only to what is there', () => {
    for (const ref of references(asyncApi))
      expect({ ref, there: resolve(asyncApi, ref) !== undefined }).toEqual({ ref, there: true })
  })
})
