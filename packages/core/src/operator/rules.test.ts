import { beforeEach, describe, expect, it } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'
import type { Caller } from '../access/caller.ts'

const visitor = caller('v', 'visitor')

let world: RulesWorld
let ann: Caller
beforeEach(async () => {
  world = new RulesWorld()
  ann = await world.operator('ann', 1)
})

describe('operator lists', () => {
  it('[O8] all, online or busy, online with room', async () => {
    await world.operator('busy', 2, 'busy')
    await world.operator('off', 2, 'offline')
    await world.operator('bob', 1)
    await world.call('session.create', key, { userId: 'u', operatorId: 'ann' })
    const ids = async (name: 'operator.list' | 'operator.online' | 'operator.available') =>
      (await world.call(name, ann, {})).map(({ id }) => id)
    expect(await ids('operator.list')).toEqual(['ann', 'busy', 'off', 'bob'])
    expect(await ids('operator.online')).toEqual(['ann', 'busy', 'bob'])
    expect(await ids('operator.available')).toEqual(['bob'])
  })

  it.each(['operator.list', 'operator.online', 'operator.available'] as const)('[I1] %s', async name => {
    await expect(world.call(name, visitor, {})).rejects.toEqual(failure('forbidden'))
    await expect(world.call(name, anyone, {})).rejects.toEqual(failure('unauthorized'))
    expect(await world.call(name, key, {})).toHaveLength(1)
  })
})

describe('operator.set-status', () => {
  const set = (who: Caller, operatorId = 'ann', status: 'online' | 'busy' | 'offline' = 'offline') =>
    world.call('operator.set-status', who, { operatorId, status })

  it('[O9] by itself, an admin or a key', async () => {
    expect(await set(ann, 'ann', 'busy')).toMatchObject({ status: 'busy', isOnline: true })
    expect(await set(caller('boss', 'admin'))).toMatchObject({ status: 'offline', isOnline: false })
    expect(await set(key, 'ann', 'online')).toMatchObject({ status: 'online' })
    await expect(set(await world.operator('bob'))).rejects.toEqual(failure('forbidden'))
    await expect(set(visitor)).rejects.toEqual(failure('forbidden'))
    await expect(set(anyone)).rejects.toEqual(failure('unauthorized'))
  })

  it('of somebody who is no operator is not_found', async () => {
    await expect(set(key, 'nobody')).rejects.toEqual(failure('not_found'))
    await expect(set(caller('nurse', 'nurse'), 'nurse')).rejects.toEqual(failure('not_found'))
  })

  it('[O7] of an inactive one is a conflict that says why', async () => {
    const by = { actor: { kind: 'system', id: null, actingFor: null }, requestId: null } as const
    await world.store.turn({ kind: 'limit', operatorId: 'ann', maxUsers: null, isActive: false, ...by })
    await expect(set(ann, 'ann', 'online')).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'inactive' },
    })
  })
})

describe('operator.assign', () => {
  let sessionId: string
  beforeEach(async () => {
    sessionId = (await world.start(visitor)).id
  })
  const assign = (who: Caller, more: { operatorId?: string; toQueue?: boolean; strategy?: 'least-busy' }) =>
    world.call('operator.assign', who, { sessionId, ...more })

  it('[A13][A14] transfers by name or by strategy, and answers with both', async () => {
    await world.operator('bob', 5)
    const moved = await assign(ann, { operatorId: 'bob' })
    expect(moved).toMatchObject({
      session: { operatorId: 'bob' },
      operator: { id: 'bob', activeUsers: ['v'] },
    })
    expect(await assign(key, { strategy: 'least-busy' })).toMatchObject({ operator: { id: 'ann' } })
    await world.operator('full', 0)
    await expect(assign(ann, { operatorId: 'full' })).rejects.toEqual(failure('operator_at_capacity'))
    await expect(assign(ann, { operatorId: 'none' })).rejects.toEqual(failure('not_found'))
  })

  it('[A10] hands back to the queue', async () => {
    expect(await assign(ann, { toQueue: true })).toMatchObject({
      session: { status: 'waiting' },
      operator: null,
    })
    await expect(assign(ann, { toQueue: true, operatorId: 'ann' })).rejects.toEqual(
      failure('validation_failed', 'toQueue'),
    )
    expect(await assign(ann, { operatorId: 'ann' })).toMatchObject({ session: { operatorId: 'ann' } })
  })

  it('[I1][I5] is for staff and keys, and shows staff no private session', async () => {
    await expect(assign(visitor, { operatorId: 'ann' })).rejects.toEqual(failure('forbidden'))
    await expect(assign(caller('x', 'user'), {})).rejects.toEqual(failure('not_found'))
    await expect(assign(anyone, {})).rejects.toEqual(failure('unauthorized'))
    world.store.fixtures.addTalk({ id: 'talk', type: 'private', parts: [{ userId: 'a' }, { userId: 'b' }] })
    sessionId = 'talk'
    await expect(assign(ann, { operatorId: 'ann' })).rejects.toEqual(failure('not_found'))
    await expect(assign(key, { operatorId: 'ann' })).rejects.toEqual(failure('conflict'))
  })

  it('[A15] an ended one is session_ended', async () => {
    await world.call('session.end', key, { sessionId })
    await expect(assign(ann, { operatorId: 'ann' })).rejects.toEqual(failure('session_ended'))
  })
})
