import { Failure } from '@parley/contracts'
import { operationExamples } from '@parley/contracts/examples'
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import { afterEach, describe, expect, it } from 'vitest'
import type { AppRouter } from '../../src/transports/trpc/router.ts'
import { type DoorOptions, type Doors, openDoors } from '../support/doors.ts'

const opened: Doors[] = []
afterEach(async () => {
  for (const doors of opened.splice(0)) await doors.close()
})

async function client(headers: Record<string, string>, options?: DoorOptions) {
  const doors = await openDoors(options)
  opened.push(doors)
  return {
    doors,
    trpc: createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: `${doors.url}/trpc`, headers })] }),
  }
}

const admin = { authorization: 'Bearer admin' }

async function failure(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof TRPCClientError)) throw new Error('it did not fail')
  return { message: error.message, ...error.data }
}

describe('tRPC', () => {
  it('asks and commands with the types of the registry, in the house’s words', async () => {
    const { trpc, doors } = await client(admin)
    const [session, operators] = await Promise.all([
      trpc.session.get.query({ sessionId: 's1' }),
      trpc.operator.list.query({}),
    ])
    expect(session).toEqual(operationExamples['session.get'].output)
    expect(operators[0]?.name).toBe('Ada')
    const ended = await trpc.session.end.mutate({ sessionId: 's1', reason: 'solved' })
    expect(ended.status).toBe('ended')
    expect(doors.called.map(({ name }) => name)).toEqual(['session.get', 'operator.list', 'session.end'])
  })

  it('has all of chat and friends', async () => {
    const { trpc, doors } = await client({ authorization: 'Bearer user' })
    const [friends, inbox] = await Promise.all([
      trpc.friend.list.query({}),
      trpc.session['of-user'].query({ limit: 5 }),
    ])
    expect([friends[0]?.friendId, inbox.items[0]?.type]).toEqual(['customer-4712', 'private'])
    const sent = await trpc.message.send.mutate({ receiverId: 'customer-4712', text: 'Hi' })
    await trpc.message.react.mutate({ messageId: sent.id, emoji: '👍' })
    expect(doors.called.slice(2).map(({ name }) => name)).toEqual(['message.send', 'message.react'])
    const refused = await failure(trpc.message.send.mutate({ text: 'Hi' }))
    expect(refused).toMatchObject({ details: [{ path: 'sessionId' }] })
  })

  it('maps refusals', async () => {
    const { trpc } = await client(admin, {
      handlers: { 'session.get': () => Promise.reject(new Failure('not_found')) },
    })
    expect(await failure(trpc.session.get.query({ sessionId: 's1' }))).toMatchObject({
      code: 'NOT_FOUND',
      httpStatus: 404,
      error: 'not_found',
      message: expect.stringContaining('does not exist'),
      requestId: expect.any(String),
    })
  })

  it('says which field is wrong', async () => {
    const { trpc, doors } = await client(admin)
    const refused = await failure(trpc.message.send.mutate({ sessionId: 'a/b', text: 'Hi' }))
    expect(refused).toMatchObject({ error: 'validation_failed', details: [{ path: 'sessionId' }] })
    expect(doors.called).toEqual([])
  })

  it('asks for a credential, and for the right one', async () => {
    expect(await failure((await client({})).trpc.operator.list.query({}))).toMatchObject({
      error: 'unauthorized',
      httpStatus: 401,
    })
    const visitor = await client({ authorization: 'Bearer visitor' })
    expect(await failure(visitor.trpc.operator.list.query({}))).toMatchObject({
      error: 'forbidden',
      httpStatus: 403,
    })
    const wrong = await client({ authorization: 'Bearer nonsense' })
    expect(await failure(wrong.trpc.operator.list.query({}))).toMatchObject({ error: 'unauthorized' })
    expect((await wrong.trpc.site.widget.query({})).siteId).toBe('default')
  })

  it('tells nothing of a bug', async () => {
    const { trpc, doors } = await client(admin, {
      handlers: { 'session.get': () => Promise.reject(new Error('secret')) },
    })
    const refused = await failure(trpc.session.get.query({ sessionId: 's1' }))
    expect(refused).toMatchObject({ error: 'internal', httpStatus: 500 })
    expect(JSON.stringify(refused)).not.toContain('secret')
    expect(doors.faults).toHaveLength(1)
  })

  it('counts every call of a batch', async () => {
    const { trpc } = await client(admin, { rateLimitPerMinute: 2 })
    const calls = await Promise.allSettled([1, 2, 3].map(() => trpc.operator.list.query({})))
    expect(calls.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  })

  it.each<[string, string, RequestInit, number]>([
    ['an unknown procedure', '/trpc/no.such', {}, 404],
    ['a command by GET', '/trpc/session.end?input=%7B%7D', {}, 405],
    [
      'no JSON',
      '/trpc/session.end',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
    ],
    [
      'a body that is too large',
      '/trpc/session.end',
      { method: 'POST', body: 'x'.repeat(70_000), headers: { 'content-type': 'application/json' } },
      413,
    ],
    ['input that is no JSON', '/trpc/session.get?input=nonsense', {}, 400],
  ])('%s', async (_, path, init, status) => {
    const { doors } = await client(admin)
    const response = await fetch(doors.url + path, { ...init, headers: { ...admin, ...init.headers } })
    const text = await response.text()
    expect(response.status).toBe(status)
    expect(text).not.toContain('node_modules')
    expect(doors.faults).toEqual([])
  })

  it('takes the console’s cookie with its header alone', async () => {
    const cookie = { cookie: 'parley-console=operator', 'sec-fetch-site': 'same-origin' }
    expect(await failure((await client(cookie)).trpc.session.end.mutate({ sessionId: 's' }))).toMatchObject({
      error: 'unauthorized',
    })
    const { trpc } = await client({ ...cookie, 'x-parley': '1' })
    expect((await trpc.session.end.mutate({ sessionId: 's' })).status).toBe('ended')
  })
})
