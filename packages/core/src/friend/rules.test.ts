import type { RawInput } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'
import type { Caller } from '../access/caller.ts'
import type { CoreOperation } from '../node/chat-node.ts'

let world: RulesWorld
let ann: Caller
let bob: Caller
beforeEach(() => {
  world = new RulesWorld()
  ann = world.user('ann', { nickname: 'Annie', phone: '+4915112345678', email: 'ann@example.com' })
  bob = world.user('bob', { nickname: 'Bobby', phone: '+4915187654321' })
})

const ask = (who: Caller, userId: string, message?: string) =>
  world.call('friend.request', who, { userId, message })
const friendsOf = async (who: Caller) => (await world.call('friend.list', who, {})).map(({ id }) => id)
const requestsTo = async (who: Caller) =>
  (await world.call('friend.requests', who, {})).map(({ userId, message }) => [userId, message])
const sentBy = async (who: Caller) =>
  (await world.call('friend.sent', who, {})).map(({ friendId, message }) => [friendId, message])

type FriendOperation = Extract<CoreOperation, `friend.${string}`>
const CALLS: { readonly [N in FriendOperation]: RawInput<N> } = {
  'friend.request': { userId: 'bob' },
  'friend.accept': { friendId: 'bob' },
  'friend.reject': { friendId: 'bob' },
  'friend.withdraw': { friendId: 'bob' },
  'friend.remove': { friendId: 'bob' },
  'friend.remark': { friendId: 'bob', remark: 'B' },
  'friend.block': { userId: 'bob' },
  'friend.unblock': { userId: 'bob' },
  'friend.requests': {},
  'friend.sent': {},
  'friend.list': {},
  'friend.blocked': {},
  'friend.find': { phone: '+4915187654321' },
}

describe.each(Object.keys(CALLS) as FriendOperation[])('%s', name => {
  const call = (who: Caller) => world.call(name, who, CALLS[name])

  it('[F1][I1] is for who has an account', async () => {
    await expect(call(anyone)).rejects.toEqual(failure('unauthorized'))
    for (const who of [key, caller('v', 'visitor'), caller('bot', 'system')])
      await expect(call(who)).rejects.toEqual(failure('forbidden'))
  })
})

describe('friend.request', () => {
  it('[F1] asks users and staff, and nobody else', async () => {
    await world.operator('otto')
    world.person('vera', 'visitor')
    world.person('bot', 'system')
    world.user('gone', { isActive: false })
    expect(await ask(ann, 'otto')).toMatchObject({ userId: 'ann', friendId: 'otto', status: 'pending' })
    for (const id of ['vera', 'bot', 'gone', 'nobody'])
      await expect(ask(ann, id)).rejects.toEqual(failure('not_found'))
    await expect(ask(ann, 'ann')).rejects.toEqual(failure('validation_failed', 'userId'))
  })

  it('[F1] by phone number, however it is written; one’s own is oneself', async () => {
    const byPhone = (phone: string) => world.call('friend.request', ann, { phone })
    expect(await byPhone('+49 151 87654321')).toMatchObject({ friendId: 'bob' })
    await expect(byPhone('+4915100000000')).rejects.toEqual(failure('not_found'))
    await expect(byPhone('12')).rejects.toEqual(failure('validation_failed', 'phone'))
    await expect(byPhone('+4915112345678')).rejects.toEqual(failure('validation_failed', 'phone'))
  })

  it('[F2] twice is one request, with the words of the last time, and told once', async () => {
    const first = await ask(ann, 'bob', 'hi')
    expect(await ask(ann, 'bob', 'hello?')).toMatchObject({ id: first.id, message: 'hello?' })
    expect(await requestsTo(bob)).toEqual([['ann', 'hello?']])
    expect(await sentBy(ann)).toEqual([['bob', 'hello?']])
    expect(world.told()).toHaveLength(1)
  })

  it('[F3] if the other side has asked already, both are friends at once', async () => {
    await ask(ann, 'bob')
    expect(await ask(bob, 'ann')).toMatchObject({ status: 'accepted', user: { id: 'ann' } })
    expect([await friendsOf(ann), await friendsOf(bob)]).toEqual([['bob'], ['ann']])
    expect([await requestsTo(ann), await requestsTo(bob), await sentBy(ann), await sentBy(bob)]).toEqual([
      ...[[], [], [], []],
    ])
    await expect(ask(ann, 'bob')).rejects.toMatchObject({ code: 'conflict', params: { reason: 'friend' } })
  })

  it('[F12] tells the one who is asked, then both that they are friends', async () => {
    await ask(ann, 'bob', 'hi')
    expect(world.told()).toEqual([
      {
        ...{ to: ['bob'], name: 'friend.requested' },
        data: { request: expect.objectContaining({ userId: 'ann', message: 'hi', status: 'pending' }) },
      },
    ])
    await world.call('friend.accept', bob, { friendId: 'ann' })
    const added = (to: string, friendId: string) => ({
      ...{ to: [to], name: 'friend.added' },
      data: { friend: expect.objectContaining({ id: friendId, friendId, email: null, phone: null }) },
    })
    expect(world.told().slice(1)).toEqual(expect.arrayContaining([added('ann', 'bob'), added('bob', 'ann')]))
    expect(world.told()).toHaveLength(3)
  })

  it('[U1][U2] shows names and picture of the other one, not whether it is there or how to reach it', async () => {
    await world.connect('ann')
    await world.connect('bob')
    const stranger = { status: 'offline', lastSeen: null, email: null, phone: null }
    expect((await ask(ann, 'bob')).user).toMatchObject({ ...stranger, nickname: 'Bobby' })
    expect((await world.call('friend.requests', bob, {}))[0]?.user).toMatchObject({
      ...stranger,
      nickname: 'Annie',
    })
    expect((await world.call('friend.sent', ann, {}))[0]?.user).toMatchObject(stranger)
  })
})

describe('friend.accept, reject and withdraw', () => {
  beforeEach(() => ask(ann, 'bob'))

  it('[F4] only the one who was asked accepts; to accept a friend changes nothing', async () => {
    await expect(world.call('friend.accept', ann, { friendId: 'bob' })).rejects.toEqual(failure('not_found'))
    const accept = () => world.call('friend.accept', bob, { friendId: 'ann' })
    const friend = await accept()
    expect(friend).toMatchObject({ id: 'ann', friendId: 'ann', remark: null, email: null, phone: null })
    world.now += 1000
    expect(await accept()).toEqual(friend)
    expect(await friendsOf(ann)).toEqual(['bob'])
    await expect(world.call('friend.accept', bob, { friendId: 'nobody' })).rejects.toEqual(
      failure('not_found'),
    )
  })

  it('[F4][F5] only the one who was asked rejects, which nobody is told', async () => {
    await expect(world.call('friend.reject', ann, { friendId: 'bob' })).rejects.toEqual(failure('not_found'))
    const told = world.told().length
    expect(await world.call('friend.reject', bob, { friendId: 'ann' })).toEqual({ friendId: 'ann' })
    expect([await requestsTo(bob), await sentBy(ann), await friendsOf(ann)]).toEqual([[], [], []])
    expect(world.told()).toHaveLength(told)
    await expect(world.call('friend.reject', bob, { friendId: 'ann' })).rejects.toEqual(failure('not_found'))
  })

  it('[F4] who asked takes it back, and then it is not there any more', async () => {
    await expect(world.call('friend.withdraw', bob, { friendId: 'ann' })).rejects.toEqual(
      failure('not_found'),
    )
    expect(await world.call('friend.withdraw', ann, { friendId: 'bob' })).toEqual({ friendId: 'bob' })
    expect(await requestsTo(bob)).toEqual([])
    await expect(world.call('friend.accept', bob, { friendId: 'ann' })).rejects.toEqual(failure('not_found'))
  })
})

describe('friends', () => {
  beforeEach(() => world.befriend(ann, bob))

  it('[F6] parting is told to both in the same words, and what they wrote stays readable', async () => {
    const { id } = await world.privately(ann, 'bob')
    await world.say(ann, id)
    const told = world.told().length
    await world.call('friend.remove', ann, { friendId: 'bob' })
    expect([await friendsOf(ann), await friendsOf(bob)]).toEqual([[], []])
    expect(world.told().slice(told)).toEqual([
      { to: ['ann'], name: 'friend.removed', data: { userId: 'ann', friendId: 'bob' } },
      { to: ['bob'], name: 'friend.removed', data: { userId: 'bob', friendId: 'ann' } },
    ])
    for (const who of [ann, bob])
      expect((await world.call('message.list', who, { sessionId: id })).items).toHaveLength(1)
    await expect(world.call('friend.remove', ann, { friendId: 'bob' })).rejects.toEqual(failure('not_found'))
  })

  it('[F9] a remark is the caller’s own', async () => {
    const remark = (who: Caller, friendId: string, text?: string) =>
      world.call('friend.remark', who, { friendId, remark: text })
    expect(await remark(ann, 'bob', 'Boss')).toMatchObject({ id: 'bob', remark: 'Boss' })
    expect(await world.call('friend.list', ann, {})).toMatchObject([{ id: 'bob', remark: 'Boss' }])
    expect(await world.call('friend.list', bob, {})).toMatchObject([{ id: 'ann', remark: null }])
    expect(JSON.stringify(await world.call('user.get', bob, { userId: 'bob' }))).not.toContain('Boss')
    expect(await remark(ann, 'bob', '')).toMatchObject({ remark: null })
    await expect(remark(ann, 'bob')).rejects.toEqual(failure('validation_failed', 'remark'))
    await expect(remark(ann, 'nobody', 'X')).rejects.toEqual(failure('not_found'))
  })
})

describe('friend.block', () => {
  const block = (who: Caller, userId: string) => world.call('friend.block', who, { userId })

  it('[F7] turns down what was asked; the asker’s call succeeds as ever, and is not shown', async () => {
    await ask(bob, 'ann')
    expect(await block(ann, 'bob')).toEqual({ userId: 'bob' })
    expect([await requestsTo(ann), await sentBy(bob)]).toEqual([[], []])
    const told = world.told().length
    expect(await ask(bob, 'ann', 'please')).toMatchObject({ status: 'pending', message: 'please' })
    expect(await sentBy(bob)).toEqual([['ann', 'please']])
    expect(await requestsTo(ann)).toEqual([])
    expect(world.told()).toHaveLength(told)
  })

  it('[F7] who has blocked somebody can’t ask it: conflict', async () => {
    await block(ann, 'bob')
    await expect(ask(ann, 'bob')).rejects.toMatchObject({ code: 'conflict', params: { reason: 'friend' } })
    await world.call('friend.unblock', ann, { userId: 'bob' })
    expect(await ask(ann, 'bob')).toMatchObject({ status: 'pending' })
  })

  it('[F7][F8] leaves the friendship; the blocked one is told nothing and refused as no friend', async () => {
    await world.befriend(ann, bob)
    const told = world.told().length
    await block(ann, 'bob')
    expect(await friendsOf(bob)).toEqual(['ann'])
    expect(world.told()).toHaveLength(told)
    const write = (text: string) => world.call('message.send', bob, { receiverId: 'ann', text })
    const refusal = await write('hi').catch((cause: unknown) => cause)
    expect(refusal).toEqual(failure('not_friends'))
    const carl = world.user('carl')
    expect(await world.call('message.send', carl, { receiverId: 'ann', text: 'x' }).catch(c => c)).toEqual(
      refusal,
    )
    await world.call('friend.unblock', ann, { userId: 'bob' })
    expect(await write('hi')).toMatchObject({ receiverId: 'ann' })
  })

  it('[F13] who may not write does not react either; in words as to any stranger', async () => {
    await world.befriend(ann, bob)
    const { id } = await world.call('message.send', ann, { receiverId: 'bob', text: 'hi' })
    const react = () => world.call('message.react', bob, { messageId: id, emoji: '👍' })
    await block(ann, 'bob')
    await expect(react()).rejects.toEqual(failure('not_friends'))
    await world.call('friend.unblock', ann, { userId: 'bob' })
    expect(await react()).toMatchObject({ reactions: { '👍': ['bob'] } })
    await world.call('friend.remove', ann, { friendId: 'bob' })
    await expect(react()).rejects.toEqual(failure('not_friends'))
  })

  it('shows the caller whom it has blocked', async () => {
    await block(ann, 'bob')
    expect((await world.call('friend.blocked', ann, {})).map(({ id }) => id)).toEqual(['bob'])
    expect(await world.call('friend.blocked', bob, {})).toEqual([])
    await expect(block(ann, 'nobody')).rejects.toEqual(failure('not_found'))
    await expect(block(ann, 'ann')).rejects.toEqual(failure('validation_failed', 'userId'))
  })
})

describe('friend.find', () => {
  const find = async (who: Caller, phone: string) =>
    (await world.call('friend.find', who, { phone })).map(({ id, phone: shown }) => [id, shown])

  it('[U6] finds whom the caller could ask by the exact number, which it does not repeat', async () => {
    expect(await find(ann, '+49 151 87654321')).toEqual([['bob', null]])
    expect(await find(ann, '+491518765432')).toEqual([])
    expect(await find(bob, '+4915187654321')).toEqual([])
    await expect(find(ann, 'bob')).rejects.toEqual(failure('validation_failed', 'phone'))
  })

  it('leaves out friends and whom the caller has blocked, not who has blocked the caller', async () => {
    await world.call('friend.block', bob, { userId: 'ann' })
    expect(await find(ann, '+4915187654321')).toEqual([['bob', null]])
    expect(await find(bob, '+4915112345678')).toEqual([])
    await world.call('friend.unblock', bob, { userId: 'ann' })
    await world.befriend(ann, bob)
    expect(await find(ann, '+4915187654321')).toEqual([])
  })
})

describe('who may write', () => {
  const write = (who: Caller, receiverId: string) =>
    world.call('message.send', who, { receiverId, text: 'hi' })

  it('[F10][F11] friends may, from the step on that makes them and until the one that ends it', async () => {
    await expect(write(ann, 'bob')).rejects.toEqual(failure('not_friends'))
    await world.befriend(ann, bob)
    const { sessionId } = await write(ann, 'bob')
    expect(await write(bob, 'ann')).toMatchObject({ sessionId, seq: 2 })
    await world.call('friend.remove', bob, { friendId: 'ann' })
    for (const who of [ann, bob])
      await expect(world.say(who, sessionId)).rejects.toEqual(failure('not_friends'))
    await expect(write(ann, 'bob')).rejects.toEqual(failure('not_friends'))
    expect(await world.call('message.send', key, { sessionId, senderId: 'ann', text: 'x' })).toMatchObject({
      seq: 3,
    })
  })

  it('[F10] staff and everybody, and whom a key or staff has brought together', async () => {
    const otto = await world.operator('otto')
    expect(await write(otto, 'ann')).toMatchObject({ senderType: 'operator', receiverId: 'ann' })
    expect(await write(ann, 'otto')).toMatchObject({ seq: 2 })
    await world.call('session.private', key, { userId1: 'bob', userId2: 'ann' })
    expect(await write(ann, 'bob')).toMatchObject({ seq: 1 })
    await world.call('friend.block', bob, { userId: 'ann' })
    await expect(write(ann, 'bob')).rejects.toEqual(failure('not_friends'))
    await expect(write(bob, 'ann')).rejects.toEqual(failure('not_friends'))
  })

  it('[F10] anyone, where the site lets them, but not past a block', async () => {
    world = new RulesWorld({ directMessages: 'anyone' })
    ann = world.user('ann')
    bob = world.user('bob')
    const { sessionId } = await write(ann, 'bob')
    expect(await world.say(bob, sessionId)).toMatchObject({ seq: 2 })
    await world.call('friend.block', ann, { userId: 'bob' })
    await expect(world.say(bob, sessionId)).rejects.toEqual(failure('not_friends'))
  })
})
