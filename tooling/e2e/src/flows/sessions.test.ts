import type { WireSession } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { useEars } from '../support/ear.ts'
import { ask, refusal } from '../support/http.ts'
import { end, type Identity, newAgent, newUser, newVisitor, retire, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const
const UNKNOWN = '0193f2a1-0000-7b8a-9d21-5e0f6a7b8c9d'

/** Every route of api.md §3 that is about sessions. */
describe.skipIf(!HAS_DATABASE)('desk: sessions', () => {
  const at = useServer()
  const open = useEars(at)
  const get = (sessionId: string, by: { token: string } | typeof KEY = KEY) =>
    ask<WireSession>(at.server, `GET /api/chat/session/${sessionId}`, by)

  it('start-session: 201, then 200 with the open one, whichever route opened it', async () => {
    const { server } = at
    const visitor = await newVisitor(server, 'Lin Wei')
    const asked = { name: 'Lin Wei', metadata: { page: '/pricing' }, unheard: 'of' }
    const started = await ask<WireSession>(server, 'POST /api/chat/start-session', visitor, asked)
    expect(started.status).toBe(201)
    const { data } = started.body
    expect(data).toMatchObject({
      _id: data.id,
      sessionId: data.id,
      sessionType: 'support',
      userId: visitor.userId,
      userName: 'Lin Wei',
      metadata: { page: '/pricing' },
      status: 'waiting',
      queuePosition: 1,
      operatorId: null,
      agentId: null,
      lastSeq: 0,
      lastChange: 0,
      unreadCount: 0,
    })
    expect(data).not.toHaveProperty('unheard')
    const again = await ask<WireSession>(server, 'POST /api/chat/start-session', visitor, {})
    expect([again.status, again.body.data.id]).toEqual([200, data.id])
    const created = await ask<WireSession>(server, 'POST /api/chat/sessions', KEY, {
      userId: visitor.userId,
      subject: 'Order',
    })
    expect([created.status, created.body.data.id, created.body.data.subject]).toEqual([200, data.id, null])
    await end(server, data.id, visitor)
  })

  it('start-session by an API key acts for the person it names, and must name one', async () => {
    const { server } = at
    const path = 'POST /api/chat/start-session'
    const started = await ask<WireSession>(server, path, KEY, {
      userId: 'shop-1',
      userType: 'user',
      name: 'Ann',
    })
    expect([started.status, started.body.data.userId, started.body.data.userName]).toEqual([
      201,
      'shop-1',
      'Ann',
    ])
    const nobody = await ask(server, path, KEY, { name: 'Ann' })
    expect([nobody.status, nobody.body.error]).toEqual([400, 'validation_failed'])
    expect(nobody.body.details?.map(({ path: field }) => field)).toEqual(['userId'])
    await end(server, started.body.data.id, KEY)
  })

  it('sessions: opened for a user by staff, an API key or the user, for an operator or by a strategy', async () => {
    const { server } = at
    const path = 'POST /api/chat/sessions'
    const agent = await newAgent(server, 'sue', 1)
    const [ann, ben] = [await newUser(server, 'ann'), await newUser(server, 'ben')]
    expect(await refusal(ask(server, path, agent, { userId: 'nobody' }))).toBe('404 not_found')
    await end(server, (await startSession(server, ann)).id, ann)
    const ear = await open(agent)
    await ear.call('session:watch', { list: 'mine' })
    const named = await ask<WireSession>(server, path, agent, {
      userId: 'ann',
      subject: 'Order #4711',
      operatorId: 'sue',
    })
    expect(named.status).toBe(201)
    expect(named.body.data).toMatchObject({
      userId: 'ann',
      subject: 'Order #4711',
      operatorId: 'sue',
      status: 'active',
    })
    expect((await ear.hears('session_assigned')).sessionId).toBe(named.body.data.id)
    expect(await refusal(ask(server, path, KEY, { userId: 'ben', operatorId: 'sue' }))).toBe(
      '409 operator_at_capacity',
    )
    expect(await refusal(ask(server, path, KEY, { userId: 'ben', operatorId: 'nobody' }))).toBe(
      '404 not_found',
    )
    expect(await refusal(ask(server, path, ann, { userId: 'ben' }))).toBe('403 identity_mismatch')
    const own = await ask<WireSession>(server, path, ben, { userId: 'ben', strategy: 'round-robin' })
    expect([own.status, own.body.data.status]).toEqual([201, 'waiting'])
    await retire(server, 'sue')
    expect(await refusal(ask(server, path, KEY, { userId: 'cem', operatorId: 'sue' }))).toBe(
      '409 no_operator_available',
    )
    for (const session of [named, own]) await end(server, session.body.data.id, KEY)
  })

  it('session: for its parties, staff and API keys; nobody else learns that it is there', async () => {
    const { server } = at
    const [visitor, other] = [await newVisitor(server), await newVisitor(server)]
    const { id } = await startSession(server, visitor)
    const agent = await newAgent(server, 'tom')
    for (const by of [visitor, agent, KEY]) expect((await get(id, by)).body.data.id).toBe(id)
    expect(await refusal(get(id, other))).toBe('404 not_found')
    expect(await refusal(get(UNKNOWN))).toBe('404 not_found')
    expect(await refusal(ask(server, `GET /api/chat/session/${id}`))).toBe('401 unauthorized')
    await end(server, id, visitor)
    expect((await get(id, visitor)).body.data.status).toBe('ended')
  })

  it('end-session and close: twice is 200 and changes nothing', async () => {
    const { server } = at
    const [visitor, other] = [await newVisitor(server), await newVisitor(server)]
    const { id } = await startSession(server, visitor)
    const stranger = await newAgent(server, 'uma')
    expect(await refusal(end(server, id, other))).toBe('404 not_found')
    expect(await refusal(end(server, id, stranger))).toBe('403 forbidden')
    expect((await get(id)).body.data.status).toBe('waiting')
    const first = await ask<WireSession>(server, `PUT /api/chat/sessions/${id}/close`, visitor, {
      reason: 'done',
    })
    expect(first.status).toBe(200)
    expect(first.body.data).toMatchObject({
      status: 'ended',
      endReason: 'done',
      endedBy: visitor.userId,
      queuePosition: null,
      lastChange: 1,
    })
    const second = await end(server, id, KEY)
    expect(second.status).toBe(200)
    expect(second.body.data).toMatchObject({
      endReason: 'done',
      endedAt: first.body.data.endedAt,
      lastChange: 1,
    })
    expect(await refusal(end(server, UNKNOWN, KEY))).toBe('404 not_found')
    const anew = await ask<WireSession>(server, 'POST /api/chat/start-session', visitor, {})
    expect(anew.status).toBe(201)
    expect(anew.body.data.id).not.toBe(id)
    await end(server, anew.body.data.id, visitor)
  })

  it('active and history: filters, order, pages', async () => {
    const { server } = at
    const people: Identity[] = []
    for (const name of ['p1', 'p2', 'p3']) people.push(await newUser(server, name))
    await newAgent(server, 'vic', 1)
    await ask(server, 'PUT /api/operators/vic/status', KEY, { status: 'online' })
    const sessions: WireSession[] = []
    for (const person of people) sessions.push(await startSession(server, person))
    const ids = sessions.map(({ id }) => id)
    const list = async (path: string) =>
      (await ask<WireSession[]>(server, `GET /api/chat/sessions/${path}`, KEY)).body
    const all = await list('active')
    expect(all.data.map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0]])
    expect(all.pagination).toEqual({ page: 1, limit: 20, total: 3, totalPages: 1 })
    expect((await list('active?status=waiting')).data.map(({ queuePosition }) => queuePosition)).toEqual([
      1, 2,
    ])
    expect((await list('active?operatorId=vic')).data.map(({ id }) => id)).toEqual([ids[0]])
    const second = await list('active?page=2&limit=2')
    expect(second.data.map(({ id }) => id)).toEqual([ids[0]])
    expect(second.pagination).toEqual({ page: 2, limit: 2, total: 3, totalPages: 2 })
    expect((await list('active?page=9')).data).toEqual([])

    const from = new Date().toISOString()
    for (const id of ids) await end(server, id, KEY)
    const ended = await list(`history?from=${from}`)
    expect(ended.data.map(({ userId }) => userId)).toEqual(['p3', 'p2', 'p1'])
    expect(ended.pagination.total).toBe(3)
    expect((await list('history?userId=p2')).data.map(({ id }) => id)).toEqual([ids[1]])
    expect((await list(`history?operatorId=vic&from=${from}`)).data.at(-1)?.id).toBe(ids[0])
    expect((await list(`history?to=${from}`)).data.map(({ userId }) => userId)).not.toContain('p1')
    expect((await list('active')).data).toEqual([])
    for (const path of ['active', 'history']) {
      const url = `GET /api/chat/sessions/${path}`
      expect(await refusal(ask(server, url, people[0]))).toBe('403 forbidden')
      expect(await refusal(ask(server, url))).toBe('401 unauthorized')
    }
    await retire(server, 'vic')
  })

  it('stats: of support sessions, for staff and API keys', async () => {
    const { server } = at
    const stats = async () =>
      (await ask<Record<string, number>>(server, 'GET /api/chat/stats', KEY)).body.data
    const before = await stats()
    const visitor = await newVisitor(server)
    const session = await startSession(server, visitor)
    await ask(server, `POST /api/chat/send-message/${session.id}`, visitor, { message: 'one' })
    const after = await stats()
    expect(after).toMatchObject({
      totalSessions: (before['totalSessions'] ?? 0) + 1,
      waitingSessions: 1,
      activeSessions: 0,
      endedSessions: before['endedSessions'],
      totalMessages: (before['totalMessages'] ?? 0) + 1,
      onlineAgents: 0,
      availableAgents: 0,
    })
    expect(after['averageWaitMs']).toBeGreaterThanOrEqual(0)
    expect(after['averageDurationMs']).toBeGreaterThan(0)
    expect(await refusal(ask(server, 'GET /api/chat/stats', visitor))).toBe('403 forbidden')
    await end(server, session.id, visitor)
  })
})
