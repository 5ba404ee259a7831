import type { RawInput } from '@parley/contracts'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'
import type { Caller } from '../access/caller.ts'

let world: RulesWorld
let ann: Caller
let bob: Caller
let carl: Caller
beforeEach(async () => {
  world = new RulesWorld()
  ann = world.user('ann')
  bob = world.user('bob')
  carl = world.user('carl')
  await world.befriend(ann, bob)
})

const pair = (one: string, other: string) => ({ userId1: one, userId2: other })
const open = (who: Caller, one: string, other: string) => world.call('session.private', who, pair(one, other))
const audited = (action: string) => world.store.fixtures.audits().filter(row => row.action === action)

describe('session.private', () => {
  it('[G1] is one for the two, from whichever side, and has no owner', async () => {
    const first = await open(ann, 'ann', 'bob')
    expect(first).toMatchObject({
      created: true,
      session: { type: 'private', status: 'active', ownerId: null, unreadCount: 0 },
    })
    expect([...first.session.participants].sort()).toEqual(['ann', 'bob'])
    for (const [who, one, other] of [
      [bob, 'ann', 'bob'],
      [bob, 'bob', 'ann'],
      [key, 'bob', 'ann'],
    ] as const)
      expect(await open(who, one, other)).toMatchObject({ created: false, session: { id: first.session.id } })
  })

  it('[G2] the two may if they may write; one that is there is answered to those too who may no more', async () => {
    await expect(open(ann, 'ann', 'carl')).rejects.toEqual(failure('not_friends'))
    const { session } = await open(ann, 'ann', 'bob')
    await world.call('friend.remove', ann, { friendId: 'bob' })
    expect(await open(bob, 'ann', 'bob')).toMatchObject({ created: false, session: { id: session.id } })
    await expect(world.say(bob, session.id)).rejects.toEqual(failure('not_friends'))
  })

  it('[G2] is opened for two by themselves, staff and keys, and by nobody else', async () => {
    const otto = await world.operator('otto')
    expect(await open(otto, 'otto', 'carl')).toMatchObject({ created: true })
    await expect(open(carl, 'ann', 'bob')).rejects.toEqual(failure('forbidden'))
    await expect(open(caller('bot', 'system'), 'ann', 'bob')).rejects.toEqual(failure('forbidden'))
    await expect(open(anyone, 'ann', 'bob')).rejects.toEqual(failure('unauthorized'))
    await expect(open(ann, 'ann', 'nobody')).rejects.toEqual(failure('not_found'))
    await expect(open(otto, 'ann', 'nobody')).rejects.toEqual(failure('not_found'))
  })

  it('[G13] not by a visitor, who may write once staff has opened it', async () => {
    const otto = await world.operator('otto')
    const visitor = world.person('vera', 'visitor')
    const toStaff = { receiverId: 'otto', text: 'me first' }
    await expect(open(visitor, 'vera', 'otto')).rejects.toEqual(failure('not_friends'))
    await expect(world.call('message.send', visitor, toStaff)).rejects.toEqual(failure('not_friends'))
    await open(otto, 'otto', 'vera')
    expect(await world.call('message.send', visitor, toStaff)).toMatchObject({ seq: 1 })
  })

  it('[G3][F10] a key and staff who is none of them bring two together, also where the session was there', async () => {
    const otto = await world.operator('otto')
    expect(await open(otto, 'ann', 'carl')).toMatchObject({ created: true })
    expect(await world.call('message.send', carl, { receiverId: 'ann', text: 'hi' })).toMatchObject({
      seq: 1,
    })
    const { session } = await open(ann, 'ann', 'bob')
    await world.call('friend.remove', ann, { friendId: 'bob' })
    await expect(world.say(bob, session.id)).rejects.toEqual(failure('not_friends'))
    expect(await open(key, 'ann', 'bob')).toMatchObject({ created: false })
    expect(await world.say(bob, session.id)).toMatchObject({ seq: 1 })
  })

  it('[I5] staff who bring two together do not learn what they say', async () => {
    const { session } = await open(ann, 'ann', 'bob')
    await world.say(ann, session.id, 'secret')
    const otto = await world.operator('otto')
    expect((await open(otto, 'ann', 'bob')).session).toMatchObject({ lastMessage: null, unreadCount: null })
    await expect(world.call('session.get', otto, { sessionId: session.id })).rejects.toEqual(
      failure('not_found'),
    )
    expect((await open(key, 'ann', 'bob')).session.lastMessage).toMatchObject({ text: 'secret' })
  })

  it('[S11][G12] a key makes the people, and is audited; so is staff for others, but not for itself', async () => {
    expect(await open(key, 'new', 'ann')).toMatchObject({ created: true })
    expect(await world.store.person('new')).toMatchObject({ role: 'user' })
    const otto = await world.operator('otto')
    await open(otto, 'otto', 'ann')
    await open(otto, 'bob', 'carl')
    await open(ann, 'ann', 'bob')
    expect(audited('session.private').map(({ actor }) => actor.id)).toEqual(['key-1', 'otto'])
    expect(audited('session.private')[0]?.requestId).toBe('r')
  })

  it('[S8] does not end and gets no operator', async () => {
    const { session } = await open(ann, 'ann', 'bob')
    const sessionId = session.id
    await expect(world.call('session.end', ann, { sessionId })).rejects.toEqual(failure('conflict'))
    await expect(world.call('session.end', key, { sessionId })).rejects.toEqual(failure('conflict'))
    await expect(world.call('operator.assign', key, { sessionId })).rejects.toEqual(failure('conflict'))
  })
})

describe('message.send to a person', () => {
  const send = (who: Caller, more: Partial<RawInput<'message.send'>>) =>
    world.call('message.send', who, { text: 'hi', ...more })

  it('[M28] goes into the one private session of the two, which is made if there is none', async () => {
    const first = await send(ann, { receiverId: 'bob' })
    expect(first).toMatchObject({ seq: 1, senderId: 'ann', receiverId: 'bob' })
    expect(await send(bob, { receiverId: 'ann' })).toMatchObject({
      ...{ sessionId: first.sessionId, seq: 2, receiverId: 'ann' },
    })
    expect((await open(ann, 'ann', 'bob')).session.id).toBe(first.sessionId)
  })

  it('[M28] in a private session the receiver is the other one, said or not, and nobody else', async () => {
    const { sessionId } = await send(ann, { receiverId: 'bob' })
    expect(await send(ann, { sessionId })).toMatchObject({ receiverId: 'bob' })
    expect(await send(ann, { sessionId, receiverId: 'bob' })).toMatchObject({ receiverId: 'bob' })
    await expect(send(ann, { sessionId, receiverId: 'carl' })).rejects.toEqual(
      failure('validation_failed', 'receiverId'),
    )
    await expect(send(ann, { receiverId: 'ann' })).rejects.toEqual(failure('validation_failed', 'receiverId'))
    for (const receiverId of ['bob', 'nobody'])
      await expect(send(carl, { sessionId, receiverId })).rejects.toEqual(failure('not_found'))
  })

  it('[M28] elsewhere there is no receiver', async () => {
    const group = await world.group(ann, 'bob')
    expect(await send(ann, { sessionId: group.id, receiverId: 'bob' })).toMatchObject({
      ...{ sessionId: group.id, receiverId: null },
    })
  })

  it('[M28][F10] is refused to who is no friend, unknown or has blocked, and leaves no session', async () => {
    await expect(send(ann, { receiverId: 'carl' })).rejects.toEqual(failure('not_friends'))
    await expect(send(ann, { receiverId: 'nobody' })).rejects.toEqual(failure('not_found'))
    await expect(send(ann, { receiverId: 'bob', text: ' ' })).rejects.toEqual(
      failure('validation_failed', 'text'),
    )
    await expect(send(ann, { receiverId: 'bob', replyTo: 'none' })).rejects.toEqual(
      failure('validation_failed', 'replyTo'),
    )
    expect(await world.store.countSessionsOf({ userId: 'ann', knownTo: null })).toBe(0)
  })

  it('[M28][M3] the same clientMessageId again stores nothing', async () => {
    const again = () => send(ann, { receiverId: 'bob', clientMessageId: 'c' })
    expect((await again()).id).toBe((await again()).id)
  })

  it('[F10][G3] by a key: opens it as the key does; into one that is there it brings nobody together', async () => {
    expect(await send(key, { senderId: 'new', receiverId: 'carl' })).toMatchObject({ senderType: 'user' })
    expect(await send(carl, { receiverId: 'new' })).toMatchObject({ seq: 2 })
    const { sessionId } = await send(ann, { receiverId: 'bob' })
    await world.call('friend.remove', ann, { friendId: 'bob' })
    expect(await send(key, { senderId: 'ann', receiverId: 'bob' })).toMatchObject({ sessionId, seq: 2 })
    await expect(send(ann, { receiverId: 'bob' })).rejects.toEqual(failure('not_friends'))
  })

  it('[M11][M18] answers only what the sender sees', async () => {
    await world.befriend(ann, carl)
    const group = await world.group(ann, 'bob')
    const before = await world.say(ann, group.id)
    await world.call('session.add-participants', ann, { sessionId: group.id, userIds: ['carl'] })
    const reply = (who: Caller) => send(who, { sessionId: group.id, replyTo: before.id })
    expect(await reply(bob)).toMatchObject({ replyTo: before.id })
    await expect(reply(carl)).rejects.toEqual(failure('validation_failed', 'replyTo'))
  })

  it('reads nothing before it appends, into a session that is named', async () => {
    const { sessionId } = await send(ann, { receiverId: 'bob' })
    const reads = (['sessions', 'part', 'message', 'privateSession', 'person'] as const).map(name =>
      vi.spyOn(world.deps.store, name),
    )
    const append = vi.spyOn(world.deps.store, 'append')
    await send(ann, { sessionId })
    expect(append).toHaveBeenCalledTimes(1)
    for (const read of reads) expect(read).not.toHaveBeenCalled()
  })
})
