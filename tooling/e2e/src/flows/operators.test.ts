import type { WireOperator, WireSession } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { useEars } from '../support/ear.ts'
import { ask, refusal } from '../support/http.ts'
import { adminToken, end, newAgent, newVisitor, retire, startSession } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const

interface Assigned {
  readonly session: WireSession
  readonly operator: WireOperator
}

/** The operator routes of api.md §3, and what stands beside them. */
describe.skipIf(!HAS_DATABASE)('desk: operators', () => {
  const at = useServer()
  const open = useEars(at)
  const list = async (path = '') =>
    (await ask<WireOperator[]>(at.server, `GET /api/operators${path}`, KEY)).body.data.map(({ id }) => id)
  const choose = (id: string, status: string, by: { token: string } | typeof KEY = KEY) =>
    ask<WireOperator>(at.server, `PUT /api/operators/${id}/status`, by, { status })
  const assign = (body: unknown, by: { token: string } | typeof KEY = KEY) =>
    ask<Assigned>(at.server, 'POST /api/operators/assign', by, body)

  it('operators: made by an admin or an API key, offline at first, with room for two', async () => {
    const { server } = at
    const signIn = { username: 'gil', password: 'a long password' }
    const made = await ask<WireOperator>(server, 'POST /api/operators', await adminToken(server), {
      name: 'Gil',
      ...signIn,
    })
    expect(made.status).toBe(201)
    const { data } = made.body
    expect(data).toMatchObject({
      _id: data.id,
      name: 'Gil',
      status: 'offline',
      isOnline: false,
      maxUsers: 2,
      activeUsers: [],
      activeSessions: 0,
      lastAssignedAt: null,
    })
    expect(JSON.stringify(made.body)).not.toContain(signIn.password)
    expect(await refusal(ask(server, 'POST /api/operators', KEY, { name: 'Gil 2', ...signIn }))).toBe(
      '409 conflict',
    )
    const agent = await newAgent(server, 'joe')
    expect(await refusal(ask(server, 'POST /api/operators', agent, { name: 'X' }))).toBe('403 forbidden')
    expect(await refusal(ask(server, 'POST /api/operators', await newVisitor(server), { name: 'X' }))).toBe(
      '403 forbidden',
    )
    const login = await ask<{ user: { role: string } }>(server, 'POST /api/auth/login', {}, signIn)
    expect(login.body.data.user.role).toBe('operator')
    await retire(server, data.id)
    await retire(server, 'joe')
  })

  it('operators, online, available: by status and room; for staff and API keys', async () => {
    const { server } = at
    for (const id of ['o-free', 'o-full', 'o-busy', 'o-off'])
      await newAgent(server, id, id === 'o-full' ? 0 : 2)
    for (const id of ['o-free', 'o-full']) await choose(id, 'online')
    await choose('o-busy', 'busy')
    expect(await list()).toEqual(expect.arrayContaining(['o-free', 'o-full', 'o-busy', 'o-off']))
    expect((await list('/online')).toSorted()).toEqual(['o-busy', 'o-free', 'o-full'])
    expect(await list('/available')).toEqual(['o-free'])
    for (const path of ['', '/online', '/available'])
      expect(await refusal(ask(server, `GET /api/operators${path}`, await newVisitor(server)))).toBe(
        '403 forbidden',
      )
    for (const id of ['o-free', 'o-full', 'o-busy', 'o-off']) await retire(server, id)
    expect(await list('/online')).toEqual([])
  })

  it('PATCH: name, picture, limit; a limit below the load is a conflict', async () => {
    const { server } = at
    await newAgent(server, 'max', 2)
    await choose('max', 'online')
    const sessions = [
      await startSession(server, await newVisitor(server)),
      await startSession(server, await newVisitor(server)),
    ]
    const patch = (body: unknown, by: { token: string } | typeof KEY = KEY) =>
      ask<WireOperator>(server, 'PATCH /api/operators/max', by, body)
    expect(await refusal(patch({ maxUsers: 1 }))).toBe('409 conflict')
    const changed = await patch({
      name: 'Maxim',
      avatar: 'https://example.com/max.png',
      maxUsers: 3,
      status: 'offline',
    })
    expect(changed.body.data).toMatchObject({
      name: 'Maxim',
      avatar: 'https://example.com/max.png',
      maxUsers: 3,
      status: 'online',
    })
    expect(changed.body.data.activeUsers).toEqual(sessions.map(({ userId }) => userId))
    expect((await patch({ avatar: '' })).body.data.avatar, '"" means absent').toBe(
      'https://example.com/max.png',
    )
    expect(await refusal(ask(server, 'PATCH /api/operators/nobody', KEY, { name: 'X' }))).toBe(
      '404 not_found',
    )
    const gone = await retire(server, 'max')
    expect(gone.body.data).toMatchObject({ isActive: false, status: 'offline', activeSessions: 0 })
    for (const { id } of sessions) {
      const { data } = (await ask<WireSession>(server, `GET /api/chat/session/${id}`, KEY)).body
      expect(data).toMatchObject({ status: 'waiting', operatorId: null })
      await end(server, id, KEY)
    }
    expect(await refusal(choose('max', 'online'))).toBe('409 conflict')
  })

  it('status: its own, an admin’s or an API key’s to choose; it counts at once', async () => {
    const { server } = at
    const [own, other] = [await newAgent(server, 'ann', 1), await newAgent(server, 'bea', 1)]
    expect((await choose('ann', 'online', own)).body.data).toMatchObject({ status: 'online', isOnline: true })
    expect(await refusal(choose('ann', 'busy', other))).toBe('403 forbidden')
    expect(await refusal(choose('nobody', 'busy'))).toBe('404 not_found')
    const session = await startSession(server, await newVisitor(server))
    expect(session.operatorId).toBe('ann')
    await choose('ann', 'busy', own)
    expect((await startSession(server, await newVisitor(server))).status).toBe('waiting')
    await choose('ann', 'offline', own)
    const { data } = (await ask<WireSession[]>(server, 'GET /api/chat/sessions/active', KEY)).body
    expect(data.map(({ id, queuePosition }) => [id === session.id, queuePosition])).toEqual([
      [true, 1],
      [false, 2],
    ])
    await choose('bea', 'online', other)
    const taken = await ask<WireSession>(server, `GET /api/chat/session/${session.id}`, KEY)
    expect(taken.body.data, 'who came back from an operator goes before all others').toMatchObject({
      operatorId: 'bea',
    })
    for (const { id } of data) await end(server, id, KEY)
    for (const id of ['ann', 'bea']) await retire(server, id)
  })

  it('assign: from the queue, by strategy or by name, and as a transfer', async () => {
    const { server } = at
    const [cat, dan] = [await newAgent(server, 'cat', 1), await newAgent(server, 'dan', 1)]
    const session = await startSession(server, await newVisitor(server))
    const sessionId = session.id
    expect(await refusal(assign({ sessionId }))).toBe('409 no_operator_available')
    expect(await refusal(assign({ sessionId, operatorId: 'cat' }))).toBe('409 no_operator_available')
    const [catHears, danHears] = [await open(cat), await open(dan)]
    expect((await catHears.hears('session_assigned')).operator.id).toBe('cat')
    await danHears.call('session:watch', { list: 'mine' })
    const moved = await assign({ sessionId, operatorId: 'dan' }, cat)
    expect(moved.status).toBe(200)
    expect(moved.body.data).toMatchObject({
      session: { operatorId: 'dan', participants: [session.userId, 'dan'] },
      operator: { id: 'dan' },
    })
    expect((await danHears.hears('session_assigned')).sessionId).toBe(sessionId)
    const next = await startSession(server, await newVisitor(server))
    expect(next.operatorId).toBe('cat')
    expect(await refusal(assign({ sessionId: next.id, operatorId: 'dan' }))).toBe('409 operator_at_capacity')
    expect(await refusal(assign({ sessionId: next.id, operatorId: 'nobody' }))).toBe('404 not_found')
    await end(server, sessionId, KEY)
    expect(await refusal(assign({ sessionId, operatorId: 'dan' }))).toBe('409 session_ended')
    const picked = await assign({ sessionId: next.id, strategy: 'round-robin' })
    expect(picked.body.data.operator.id, 'never the one who has it').toBe('dan')
    expect(await refusal(assign({ sessionId: next.id }, await newVisitor(server)))).toBe('403 forbidden')
    await end(server, next.id, KEY)
    for (const id of ['cat', 'dan']) await retire(server, id)
  })

  it('health has no envelope, / has one, and what is not there says so', async () => {
    const { server } = at
    const health = await fetch(`${server.url}/api/health`)
    expect(health.status).toBe(200)
    expect(await health.json()).toMatchObject({
      status: 'ok',
      message: expect.any(String),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      uptime: expect.any(Number),
      version: expect.any(String),
      checks: { database: 'up', redis: 'not_configured' },
    })
    expect((await ask(server, 'GET /')).body).toMatchObject({
      success: true,
      data: { version: expect.any(String), links: {} },
    })
    const nowhere = await ask(server, 'GET /api/nowhere')
    expect(nowhere.body).toMatchObject({ success: false, error: 'not_found', requestId: expect.any(String) })
  })
})
