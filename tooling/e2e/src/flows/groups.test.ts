import type { WireMessage, WireSession } from '@parley/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Ear, useEars } from '../support/ear.ts'
import { ask, refusal } from '../support/http.ts'
import type { Identity } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const KEY = { key: true } as const

/** Groups, api.md §4 and §6: fetch and socket.io-client, and nothing of ours. */
describe.skipIf(!HAS_DATABASE)('groups', () => {
  const at = useServer()
  const open = useEars(at)
  let people: Identity[] = []
  beforeAll(async () => {
    const ids = ['ann', 'bob', 'cai', 'dan']
    people = await Promise.all(
      ids.map(async userId => {
        const { body } = await ask<Identity>(at.server, 'POST /api/auth/token', KEY, {
          userId,
          userType: 'agent',
          name: userId,
        })
        return body.data
      }),
    )
  })
  const of = (name: string): Identity => people.find(({ userId }) => userId === name) as Identity
  const join = async (who: Identity): Promise<Ear> => {
    const ear = await open(who)
    await ear.call('user:join', {})
    return ear
  }
  const group = async (by: Identity, participants: string[], more = {}) =>
    (
      await ask<WireSession>(at.server, 'POST /api/chat/sessions/group', by, {
        sessionName: 'Ward 3',
        participants,
        ...more,
      })
    ).body.data
  const say = (who: Identity, sessionId: string, content: string) =>
    ask<WireMessage>(at.server, 'POST /api/chat/messages', who, { sessionId, content })
  const read = async (who: Identity, sessionId: string) =>
    (await ask<WireMessage[]>(at.server, `GET /api/chat/messages/${sessionId}`, who)).body.data.map(
      ({ content }) => content,
    )

  it('members come and go: who was removed hears and knows nothing more, a new one sees from then on', async () => {
    const { server } = at
    const [ann, bob, cai, dan] = ['ann', 'bob', 'cai', 'dan'].map(of) as [
      Identity,
      Identity,
      Identity,
      Identity,
    ]
    const [his, hers, late] = [await join(bob), await join(cai), await join(dan)]
    const made = await group(ann, ['bob', 'cai'])
    expect(made).toMatchObject({
      sessionType: 'group',
      sessionName: 'Ward 3',
      ownerId: 'ann',
      status: 'active',
    })
    expect([...made.participants].sort()).toEqual(['ann', 'bob', 'cai'])
    expect((await his.hears('session:opened')).session.id).toBe(made.id)
    await say(ann, made.id, 'one')
    await his.hears('message:receive')
    expect(
      await refusal(
        ask(server, `POST /api/chat/sessions/${made.id}/participants`, bob, { userIds: ['dan'] }),
      ),
    ).toBe('403 forbidden')
    expect(await refusal(say(dan, made.id, 'x'))).toBe('404 not_found')
    expect(
      (await ask(server, `POST /api/chat/sessions/${made.id}/participants`, ann, { userIds: ['dan'] }))
        .status,
    ).toBe(200)
    expect(await his.hears('participants:changed')).toMatchObject({ added: ['dan'], removed: [], change: 2 })
    await late.hears('session:opened', ({ session }) => session.id === made.id)
    await say(bob, made.id, 'two')
    await late.hears('message:receive', ({ message }) => message.content === 'two')
    expect(await read(dan, made.id), 'from its join on').toEqual(['two'])

    expect((await ask(server, `DELETE /api/chat/sessions/${made.id}/participants/cai`, ann)).status).toBe(200)
    expect(await hers.hears('participants:changed', ({ removed }) => removed.includes('cai'))).toMatchObject({
      change: 4,
    })
    await say(ann, made.id, 'three')
    await his.hears('message:receive', ({ message }) => message.content === 'three')
    expect(hers.changes(made.id).at(-1)).toBe(4)
    for (const call of [
      ask(server, `GET /api/chat/session/${made.id}`, cai),
      ask(server, `GET /api/chat/messages/${made.id}`, cai),
      say(cai, made.id, 'x'),
    ])
      expect(await refusal(call)).toBe('404 not_found')
    expect((await hers.call('message:send', { sessionId: made.id, content: 'x' })).error?.code).toBe(
      'not_found',
    )

    expect(
      (await ask(server, `DELETE /api/chat/sessions/${made.id}/participants/ann`, ann)).status,
      'the owner leaves',
    ).toBe(200)
    const { body } = await ask<WireSession>(server, `GET /api/chat/session/${made.id}`, bob)
    expect(body.data).toMatchObject({ ownerId: 'bob', participants: ['bob', 'dan'] })
    const renamed = await ask<WireSession>(server, `PATCH /api/chat/sessions/${made.id}`, bob, {
      sessionName: 'Ward 4',
    })
    expect(renamed.body.data.sessionName).toBe('Ward 4')
    expect((await late.hears('session:changed')).session.sessionName).toBe('Ward 4')
    expect(his.changes(made.id)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('shows its history where it is made so', async () => {
    const made = await group(of('ann'), ['bob'], { showsHistory: true })
    await say(of('ann'), made.id, 'before')
    await ask(at.server, `POST /api/chat/sessions/${made.id}/participants`, of('ann'), { userIds: ['cai'] })
    expect(await read(of('cai'), made.id)).toEqual(['before'])
  })

  it('says of each message who has read it, and what is the least that holds for all', async () => {
    const made = await group(of('ann'), ['bob', 'cai'])
    const sent = (await say(of('ann'), made.id, 'all here?')).body.data
    const state = async () =>
      (await ask<WireMessage[]>(at.server, `GET /api/chat/messages/${made.id}`, of('ann'))).body.data[0]
    await ask(at.server, `PUT /api/chat/messages/${sent.id}/read`, of('bob'), {})
    expect(await state()).toMatchObject({
      status: expect.stringMatching(/sent|delivered/),
      readByCount: 1,
      readBy: [{ user: 'bob' }],
    })
    await ask(at.server, `PUT /api/chat/messages/${sent.id}/read`, of('cai'), {})
    expect(await state()).toMatchObject({ status: 'read', readByCount: 2 })
  })

  it('ends not', async () => {
    const made = await group(of('ann'), ['bob'])
    expect(await refusal(ask(at.server, `POST /api/chat/end-session/${made.id}`, of('ann'), {}))).toBe(
      '409 conflict',
    )
  })
})
