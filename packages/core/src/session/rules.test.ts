import { beforeEach, describe, expect, it } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'

let world: RulesWorld
beforeEach(() => {
  world = new RulesWorld()
})

const visitor = caller('v', 'visitor')

describe('session.start', () => {
  it('[S2][S3] opens one for the caller, and answers with it the next time', async () => {
    const uma = caller('u', 'user', 'Uma')
    const first = await world.call('session.start', uma, { metadata: { page: '/' } })
    expect(first).toMatchObject({
      created: true,
      session: {
        userId: 'u',
        userType: 'user',
        userName: 'Uma',
        status: 'waiting',
        queuePosition: 1,
        unreadCount: 0,
      },
    })
    expect(first.session.metadata).toEqual({ page: '/' })
    const again = await world.call('session.create', uma, { userId: 'u', subject: 'Other' })
    expect(again).toMatchObject({ created: false, session: { id: first.session.id, subject: null } })
  })

  it('[A3] is assigned at once where there is room', async () => {
    await world.operator('ann')
    expect(await world.start(visitor)).toMatchObject({
      status: 'active',
      operatorId: 'ann',
      operator: { name: 'ann' },
      userType: 'visitor',
      queueEstimate: null,
    })
  })

  it('keeps the name that the customer gives, else the one that is known', async () => {
    world.person('k', 'user', 'Kim')
    expect(await world.start(caller('k', 'user'))).toMatchObject({ userName: 'Kim' })
    const { session } = await world.call('session.start', visitor, { name: ' Vera ' })
    expect(session.userName).toBe(' Vera ')
  })

  it('[I3][I4] identity is the credential’s; a key names the person', async () => {
    await expect(world.call('session.start', visitor, { userId: 'other' })).rejects.toEqual(
      failure('identity_mismatch'),
    )
    await expect(world.call('session.start', key, {})).rejects.toEqual(failure('validation_failed', 'userId'))
    await expect(world.call('session.start', anyone, {})).rejects.toEqual(failure('unauthorized'))
    expect((await world.store.deskStats()).totalSessions).toBe(0)
  })

  it('[S11] by a key makes the unknown person as the key says, and believes the account of a known one', async () => {
    const unknown = await world.call('session.start', key, {
      userId: 'new',
      userType: 'visitor',
      name: 'Nele',
    })
    expect(unknown.session).toMatchObject({ userType: 'visitor', userName: 'Nele', unreadCount: null })
    expect(await world.store.person('new')).toMatchObject({ role: 'visitor', name: 'Nele' })
    expect((await world.call('session.start', key, { userId: 'plain' })).session.userType).toBe('user')
    world.person('known', 'user')
    const known = await world.call('session.start', key, { userId: 'known', userType: 'visitor' })
    expect(known.session.userType).toBe('user')
  })

  it('[S1][I1] is for customers only', async () => {
    await expect(world.call('session.start', await world.operator('ann'), {})).rejects.toEqual(
      failure('forbidden'),
    )
    await expect(world.call('session.start', key, { userId: 'ann' })).rejects.toEqual(
      failure('validation_failed', 'userId'),
    )
  })

  it('[S1] is not for a person who is not active', async () => {
    world.store.fixtures.addPerson({ id: 'gone', role: 'user', isActive: false })
    await expect(world.call('session.start', key, { userId: 'gone' })).rejects.toEqual(failure('conflict'))
  })
})

describe('session.create', () => {
  it('opens one for the user whom staff or a key names, with all it is given', async () => {
    const ann = await world.operator('ann', 0)
    const bob = await world.operator('bob')
    world.person('u', 'user', 'Uma')
    const wish = {
      userId: 'u',
      subject: 'Prices',
      strategy: 'round-robin',
      operatorId: 'bob',
      metadata: { a: 1 },
    } as const
    const { session, created } = await world.call('session.create', ann, wish)
    expect(created).toBe(true)
    expect(session).toMatchObject({
      subject: 'Prices',
      operatorId: 'bob',
      userName: 'Uma',
      metadata: { a: 1 },
    })
    expect(await world.call('session.get', bob, { sessionId: session.id })).toMatchObject({ unreadCount: 0 })
    const byKey = await world.call('session.create', key, { userId: 'unknown', userName: 'Nele' })
    expect(byKey).toMatchObject({ created: true, session: { userName: 'Nele', userType: 'user' } })
  })

  it('[S11] staff can name only whom the site knows', async () => {
    const ann = await world.operator('ann')
    await expect(world.call('session.create', ann, { userId: 'unknown' })).rejects.toEqual(
      failure('not_found'),
    )
    await expect(world.call('session.create', ann, { userId: 'ann' })).rejects.toEqual(
      failure('validation_failed', 'userId'),
    )
  })

  it('[I3] a user opens its own only', async () => {
    const uma = caller('u', 'user')
    await expect(world.call('session.create', uma, { userId: 'other' })).rejects.toEqual(
      failure('identity_mismatch'),
    )
    expect(await world.call('session.create', uma, { userId: 'u' })).toMatchObject({ created: true })
    await expect(world.call('session.create', anyone, { userId: 'u' })).rejects.toEqual(
      failure('unauthorized'),
    )
  })

  it('[A12] tells why a named operator can’t take it', async () => {
    await world.operator('busy', 2, 'busy')
    await world.operator('full', 0)
    const create = (operatorId: string) => world.call('session.create', key, { userId: 'u', operatorId })
    await expect(create('nobody')).rejects.toEqual(failure('not_found'))
    await expect(create('busy')).rejects.toEqual(failure('no_operator_available'))
    await expect(create('full')).rejects.toEqual(failure('operator_at_capacity'))
  })
})

describe('session.get', () => {
  it('[I5] is for participants, staff and keys', async () => {
    const ann = await world.operator('ann')
    const { id: sessionId } = await world.start(visitor)
    await world.say(visitor, sessionId)
    const get = (who: Parameters<RulesWorld['call']>[1]) => world.call('session.get', who, { sessionId })
    expect((await get(visitor)).unreadCount).toBe(0)
    expect((await get(ann)).unreadCount).toBe(1)
    expect((await get(world.person('nurse', 'nurse'))).unreadCount).toBeNull()
    expect((await get(key)).id).toBe(sessionId)
    await expect(get(caller('x', 'user'))).rejects.toEqual(failure('not_found'))
    await expect(get(caller('bot', 'system'))).rejects.toEqual(failure('not_found'))
    await expect(get(anyone)).rejects.toEqual(failure('unauthorized'))
    await expect(world.call('session.get', key, { sessionId: 'none' })).rejects.toEqual(failure('not_found'))
  })

  it('[I5] a private session is known to its participants and keys only', async () => {
    world.store.fixtures.addTalk({ id: 'talk', type: 'private', parts: [{ userId: 'a' }, { userId: 'b' }] })
    const get = (who: Parameters<RulesWorld['call']>[1]) =>
      world.call('session.get', who, { sessionId: 'talk' })
    expect((await get(caller('a', 'user'))).id).toBe('talk')
    expect((await get(key)).id).toBe('talk')
    await expect(get(caller('boss', 'admin'))).rejects.toEqual(failure('not_found'))
  })
})

describe('session.end', () => {
  it('[S7] by a participant, an admin or a key; twice changes nothing', async () => {
    const ann = await world.operator('ann', 3)
    const ends = [visitor, ann, caller('boss', 'admin'), key]
    for (const [n, who] of ends.entries()) {
      const { id: sessionId } = await world.start(visitor)
      const ended = await world.call('session.end', who, { sessionId, reason: `by ${n}` })
      expect(ended).toMatchObject({ status: 'ended', endReason: `by ${n}` })
      expect(ended.endedBy).toBe(who.kind === 'person' ? who.userId : null)
      const again = await world.call('session.end', key, { sessionId, reason: 'again' })
      expect(again).toMatchObject({ endReason: `by ${n}`, lastChange: ended.lastChange })
    }
  })

  it('[I5][I6] other staff may know it but not end it, others not even that', async () => {
    await world.operator('ann')
    const { id: sessionId } = await world.start(visitor)
    const end = (who: Parameters<RulesWorld['call']>[1]) => world.call('session.end', who, { sessionId })
    await expect(end(await world.operator('bob'))).rejects.toEqual(failure('forbidden'))
    await expect(end(caller('x', 'user'))).rejects.toEqual(failure('not_found'))
    await expect(end(anyone)).rejects.toEqual(failure('unauthorized'))
    expect((await world.call('session.get', key, { sessionId })).status).toBe('active')
  })

  it('[S8] a private one does not end', async () => {
    world.store.fixtures.addTalk({ id: 'talk', type: 'private', parts: [{ userId: 'a' }, { userId: 'b' }] })
    await expect(world.call('session.end', key, { sessionId: 'talk' })).rejects.toEqual(failure('conflict'))
  })
})

describe('session.active and session.history', () => {
  it('[S12] show staff and keys what there is, filtered and in pages', async () => {
    const ann = await world.operator('ann', 1)
    const held = await world.start(visitor)
    const waiting = await world.start(caller('w', 'visitor'))
    const all = await world.call('session.active', ann, {})
    expect(all.items.map(({ id }) => id)).toEqual([waiting.id, held.id])
    expect(all.pagination).toEqual({ page: 1, limit: 20, total: 2, totalPages: 1 })
    const mine = await world.call('session.active', key, {
      operatorId: 'ann',
      status: 'active',
      page: '1',
      limit: '1',
    })
    expect(mine.items.map(({ id }) => id)).toEqual([held.id])
    await world.call('session.end', key, { sessionId: held.id })
    const history = await world.call('session.history', ann, { userId: 'v', from: '2025-01-01' })
    expect(history.items.map(({ id }) => id)).toEqual([held.id])
    expect((await world.call('session.history', ann, { to: '2025-01-01' })).items).toEqual([])
  })

  it.each(['session.active', 'session.history'] as const)('[I1] %s is for staff and keys', async name => {
    await expect(world.call(name, visitor, {})).rejects.toEqual(failure('forbidden'))
    await expect(world.call(name, anyone, {})).rejects.toEqual(failure('unauthorized'))
  })
})

describe('the figures of the desk', () => {
  it('are for staff and keys', async () => {
    await world.operator('ann')
    await world.start(visitor)
    expect(await world.call('stats.desk', key, {})).toMatchObject({
      totalSessions: 1,
      activeSessions: 1,
      onlineAgents: 1,
    })
    await expect(world.call('stats.desk', visitor, {})).rejects.toEqual(failure('forbidden'))
  })
})
