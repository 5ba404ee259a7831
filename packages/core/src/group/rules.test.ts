import { GROUP_MAX, type RawInput } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'
import type { Caller } from '../access/caller.ts'

let world: RulesWorld
let ann: Caller
let bob: Caller
let carl: Caller
let stranger: Caller
beforeEach(async () => {
  world = new RulesWorld()
  ann = world.user('ann')
  bob = world.user('bob')
  carl = world.user('carl')
  stranger = world.user('stranger')
  await world.befriend(ann, bob)
  await world.befriend(ann, carl)
})

const make = (who: Caller, more: Partial<RawInput<'session.group'>> = {}) =>
  world.call('session.group', who, { name: 'Group', participantIds: ['bob'], ...more })
const add = (who: Caller, sessionId: string, ...userIds: string[]) =>
  world.call('session.add-participants', who, { sessionId, userIds })
const remove = (who: Caller, sessionId: string, userId: string) =>
  world.call('session.remove-participant', who, { sessionId, userId })
const update = (who: Caller, sessionId: string, more: Omit<RawInput<'session.update'>, 'sessionId'>) =>
  world.call('session.update', who, { sessionId, ...more })
const people = async (sessionId: string) =>
  (await world.call('session.participants', key, { sessionId })).items.map(({ user, role }) => [
    user.id,
    role,
  ])
const state = (sessionId: string) => world.call('session.get', key, { sessionId })
const audits = () =>
  world.store.fixtures.audits().map(({ action, actor }) => [action, actor.id, actor.actingFor])

describe('session.group', () => {
  it('[G4][G5] its maker owns it and takes part; its creation is change 0', async () => {
    const group = await make(ann, { participantIds: ['bob', 'ann', 'bob'] })
    expect(group).toMatchObject({
      ...{ type: 'group', name: 'Group', ownerId: 'ann', status: 'active', lastChange: 0, unreadCount: 0 },
      ...{ showsHistory: false, lastSeq: 0 },
    })
    expect(await people(group.id)).toEqual([
      ['ann', 'owner'],
      ['bob', 'member'],
    ])
    expect(await make(ann, { showsHistory: true, ownerId: 'ann' })).toMatchObject({ showsHistory: true })
  })

  it('[G4] brings friends and staff alone; staff bring anyone', async () => {
    const otto = await world.operator('otto')
    expect(await make(ann, { participantIds: ['bob', 'otto'] })).toMatchObject({ ownerId: 'ann' })
    await expect(make(ann, { participantIds: ['bob', 'stranger'] })).rejects.toEqual(failure('not_friends'))
    await expect(make(ann, { participantIds: ['nobody'] })).rejects.toEqual(failure('not_found'))
    expect(await make(otto, { participantIds: ['stranger'] })).toMatchObject({ ownerId: 'otto' })
    await expect(make(otto, { participantIds: ['nobody'] })).rejects.toEqual(failure('not_found'))
    await world.call('friend.block', stranger, { userId: 'otto' })
    await expect(make(otto, { participantIds: ['stranger'] })).rejects.toEqual(failure('not_friends'))
    expect(await make(key, { ownerId: 'otto', participantIds: ['stranger'] })).toMatchObject({
      ownerId: 'otto',
    })
    await world.call('friend.block', bob, { userId: 'ann' })
    await expect(make(ann, { participantIds: ['bob'] })).rejects.toEqual(failure('not_friends'))
  })

  it('[G4] brings anyone where the site lets anyone write', async () => {
    world = new RulesWorld({ directMessages: 'anyone' })
    ann = world.user('ann')
    world.user('bob')
    expect(await make(ann)).toMatchObject({ participants: ['ann', 'bob'] })
  })

  it('[G4][S11] a key says who owns it, else the first does, and makes people', async () => {
    expect(await make(key, { participantIds: ['new', 'bob'] })).toMatchObject({
      ...{ ownerId: 'new', participants: ['new', 'bob'], unreadCount: null },
    })
    expect(await world.store.person('new')).toMatchObject({ role: 'user' })
    expect(await make(key, { ownerId: 'stranger' })).toMatchObject({
      ...{ ownerId: 'stranger', participants: ['stranger', 'bob'] },
    })
  })

  it('[G5] has at most 1,000 people', async () => {
    const ids = Array.from({ length: GROUP_MAX }, (_, n) => `user-${n}`)
    await expect(make(key, { participantIds: ids, ownerId: 'ann' })).rejects.toMatchObject({
      ...{ code: 'conflict', params: { reason: 'group_full' } },
    })
    const { id } = await make(key, { participantIds: ids })
    await expect(add(key, id, 'ann')).rejects.toMatchObject({
      ...{ code: 'conflict', params: { reason: 'group_full' } },
    })
    expect((await state(id)).participants).toHaveLength(GROUP_MAX)
  })

  it('[I1][I3] is made by who has an account, in its own name', async () => {
    await expect(make(ann, { ownerId: 'bob' })).rejects.toEqual(failure('identity_mismatch'))
    await expect(make(anyone)).rejects.toEqual(failure('unauthorized'))
    for (const who of [caller('v', 'visitor'), caller('bot', 'system')])
      await expect(make(who)).rejects.toEqual(failure('forbidden'))
  })

  it('[G12] is audited if staff or a key makes or changes it', async () => {
    const otto = await world.operator('otto')
    const { id } = await make(ann)
    await add(ann, id, 'carl')
    const before = audits().length
    const own = await make(otto)
    await add(otto, own.id, 'carl')
    await update(key, own.id, { name: 'New' })
    await remove(key, own.id, 'carl')
    await make(key)
    expect(before).toBe(audits().filter(([action]) => !String(action).startsWith('session.')).length)
    expect(audits().slice(before)).toEqual([
      ['session.group', 'otto', null],
      ['session.add-participants', 'otto', null],
      ['session.update', 'key-1', null],
      ['session.remove-participant', 'key-1', null],
      ['session.group', 'key-1', 'bob'],
    ])
  })
})

describe('a group', () => {
  let id: string
  beforeEach(async () => {
    id = (await make(ann)).id
  })

  it('[G6] its owner and keys add, remove, rename and hand on', async () => {
    expect(await add(ann, id, 'carl')).toMatchObject({ participants: ['ann', 'bob', 'carl'], unreadCount: 0 })
    expect(await add(key, id, 'stranger')).toMatchObject({ unreadCount: null })
    expect(await remove(ann, id, 'stranger')).toEqual({ sessionId: id, userId: 'stranger' })
    expect(await update(ann, id, { name: 'Friends', showsHistory: true })).toMatchObject({
      ...{ name: 'Friends', showsHistory: true },
    })
    expect(await update(ann, id, { ownerId: 'bob' })).toMatchObject({ ownerId: 'bob' })
    expect(await update(bob, id, { name: 'Bob’s' })).toMatchObject({ name: 'Bob’s' })
    expect(await update(key, id, { ownerId: 'ann' })).toMatchObject({ ownerId: 'ann' })
  })

  it('[G6] anyone may take itself out; a participant may do no more', async () => {
    await add(ann, id, 'carl')
    await expect(add(bob, id, 'stranger')).rejects.toEqual(failure('forbidden'))
    await expect(remove(bob, id, 'carl')).rejects.toEqual(failure('forbidden'))
    await expect(update(bob, id, { name: 'Mine' })).rejects.toEqual(failure('forbidden'))
    await expect(update(bob, id, { ownerId: 'bob' })).rejects.toEqual(failure('forbidden'))
    expect(await remove(bob, id, 'bob')).toMatchObject({ userId: 'bob' })
  })

  it('[G6][I5] to who takes no part it is not there, staff and admins too', async () => {
    for (const who of [stranger, await world.operator('otto'), world.person('boss', 'admin')]) {
      await expect(add(who, id, 'carl')).rejects.toEqual(failure('not_found'))
      await expect(remove(who, id, 'bob')).rejects.toEqual(failure('not_found'))
      await expect(update(who, id, { name: 'Mine' })).rejects.toEqual(failure('not_found'))
      await expect(world.call('session.participants', who, { sessionId: id })).rejects.toEqual(
        failure('not_found'),
      )
      await expect(world.call('session.get', who, { sessionId: id })).rejects.toEqual(failure('not_found'))
    }
    await expect(add(anyone, id, 'carl')).rejects.toEqual(failure('unauthorized'))
  })

  it('[G6] private and support sessions take no such change', async () => {
    await world.operator('otto')
    const visitor = caller('v', 'visitor')
    const [talk, support] = [await world.privately(ann, 'bob'), await world.start(visitor)]
    const noGroup = { code: 'conflict', params: { reason: 'no_group' } }
    for (const [who, sessionId] of [
      [ann, talk.id],
      [key, talk.id],
      [visitor, support.id],
      [key, support.id],
    ] as const) {
      await expect(add(who, sessionId, 'carl')).rejects.toMatchObject(noGroup)
      await expect(remove(who, sessionId, 'ann')).rejects.toMatchObject(noGroup)
      await expect(update(who, sessionId, { name: 'X' })).rejects.toMatchObject(noGroup)
    }
    await expect(update(caller('nurse', 'nurse'), support.id, { name: 'X' })).rejects.toEqual(
      failure('forbidden'),
    )
  })

  it('[G4] more people are brought as the first were', async () => {
    await expect(add(ann, id, 'stranger')).rejects.toEqual(failure('not_friends'))
    await expect(add(ann, id, 'nobody')).rejects.toEqual(failure('not_found'))
    expect((await state(id)).lastChange).toBe(0)
    expect(await add(key, id, 'nobody')).toMatchObject({ participants: ['ann', 'bob', 'nobody'] })
  })

  it('[G7][M18] who is added sees what comes after: by lists, in the session and its unread count', async () => {
    await world.say(ann, id, 'before')
    expect(await add(ann, id, 'carl')).toMatchObject({ lastMessage: { text: 'before' } })
    const seen = async () =>
      (await world.call('message.list', carl, { sessionId: id })).items.map(({ text }) => text)
    expect(await seen()).toEqual([])
    const own = { lastMessage: null, unreadCount: 0 }
    expect(await world.call('session.get', carl, { sessionId: id })).toMatchObject(own)
    expect((await world.call('session.of-user', carl, {})).items).toMatchObject([own])
    await world.say(ann, id, 'after')
    expect(await seen()).toEqual(['after'])
    expect(await world.call('session.get', carl, { sessionId: id })).toMatchObject({ unreadCount: 1 })
  })

  it('[G7] who comes back sees what it may then, or all where the group shows its history', async () => {
    await world.say(ann, id, 'one')
    await remove(ann, id, 'bob')
    await world.say(ann, id, 'two')
    await add(ann, id, 'bob')
    await world.say(ann, id, 'three')
    const seen = async () =>
      (await world.call('message.list', bob, { sessionId: id })).items.map(({ text }) => text)
    expect(await seen()).toEqual(['three'])
    await update(ann, id, { showsHistory: true })
    await remove(ann, id, 'bob')
    await add(ann, id, 'bob')
    expect(await seen()).toEqual(['one', 'two', 'three'])
  })

  it('[G8] who was removed knows the session no more', async () => {
    const { id: messageId } = await world.say(bob, id)
    await remove(ann, id, 'bob')
    const refused = failure('not_found')
    await expect(world.call('session.get', bob, { sessionId: id })).rejects.toEqual(refused)
    await expect(world.call('message.list', bob, { sessionId: id })).rejects.toEqual(refused)
    await expect(world.call('session.participants', bob, { sessionId: id })).rejects.toEqual(refused)
    await expect(world.say(bob, id)).rejects.toEqual(refused)
    await expect(world.call('message.read', bob, { messageId })).rejects.toEqual(refused)
    await expect(world.call('message.delete', bob, { messageId })).rejects.toEqual(refused)
    expect((await world.call('session.of-user', bob, {})).items).toEqual([])
    expect(await world.call('message.unread', bob, {})).toMatchObject({ unreadCount: 0 })
  })

  it('[G9] when the owner leaves, the one who has been there longest owns it, in the same change', async () => {
    await add(ann, id, 'carl')
    const { lastChange } = await state(id)
    await remove(ann, id, 'ann')
    expect(await state(id)).toMatchObject({ ownerId: 'bob', lastChange: lastChange + 1 })
    await remove(bob, id, 'carl')
    await remove(bob, id, 'bob')
    expect(await state(id)).toMatchObject({ ownerId: null, participants: [], status: 'active' })
    for (const who of [ann, bob, carl])
      await expect(world.call('session.get', who, { sessionId: id })).rejects.toEqual(failure('not_found'))
  })

  it('[G10] one call is one change; adding nobody new is none, removing who takes no part is not found', async () => {
    await add(key, id, 'carl', 'stranger')
    expect((await state(id)).lastChange).toBe(1)
    expect(await add(ann, id, 'bob', 'carl')).toMatchObject({ lastChange: 1 })
    await expect(remove(ann, id, 'nobody')).rejects.toEqual(failure('not_found'))
    await expect(remove(key, id, 'nobody')).rejects.toEqual(failure('not_found'))
    expect((await state(id)).lastChange).toBe(1)
  })

  it('[G11] another name, rule or owner is one change; the same again is none', async () => {
    await update(ann, id, { name: 'New', showsHistory: true, ownerId: 'bob' })
    expect(await state(id)).toMatchObject({ name: 'New', showsHistory: true, ownerId: 'bob', lastChange: 1 })
    await update(bob, id, { name: 'New' })
    await update(bob, id, {})
    expect((await state(id)).lastChange).toBe(1)
    await expect(update(bob, id, { ownerId: 'stranger' })).rejects.toEqual(failure('not_found'))
  })
})

describe('session.participants', () => {
  it('[U2] names all in the order of joining, with e-mail and phone to staff and keys', async () => {
    const dora = world.user('dora', { email: 'dora@example.com', phone: '+4915155555555' })
    const otto = await world.operator('otto')
    const { id } = await make(otto, { participantIds: ['bob', 'dora', 'otto'] })
    const read = (who: Caller, more: object = {}) =>
      world.call('session.participants', who, { sessionId: id, ...more })
    expect((await read(bob)).items).toMatchObject([
      { user: { id: 'otto' }, role: 'owner' },
      { user: { id: 'bob' }, role: 'member' },
      { user: { id: 'dora', email: null, phone: null }, role: 'member' },
    ])
    const contacts = { email: 'dora@example.com', phone: '+4915155555555' }
    for (const who of [otto, key]) expect((await read(who)).items[2]?.user).toMatchObject(contacts)
    expect((await read(dora, { page: 2, limit: 2 })).pagination).toMatchObject({ total: 3, totalPages: 2 })
  })

  it('[I5] of a support session also to staff', async () => {
    await world.operator('otto')
    const support = await world.start(caller('v', 'visitor'))
    const { items } = await world.call('session.participants', caller('nurse', 'nurse'), {
      sessionId: support.id,
    })
    expect(items.map(({ user, role }) => [user.id, role])).toEqual([
      ['v', 'visitor'],
      ['otto', 'operator'],
    ])
  })
})
