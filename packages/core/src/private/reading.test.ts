import type { RawInput } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { anyone, caller, failure, idOf, key, RulesWorld } from '../../test/rules-world.ts'
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

describe('session.read', () => {
  const read = (who: Caller, input: RawInput<'session.read'>) => world.call('session.read', who, input)

  it('[M13][M29] up to its end, by the friend or the session', async () => {
    const { id: sessionId } = await world.privately(ann, 'bob')
    for (let n = 0; n < 3; n += 1) await world.say(ann, sessionId)
    const at = (messages: number) => ({ sessionId, seq: messages, unreadCount: 3 - messages })
    const first = (await world.call('message.list', bob, { sessionId })).items[0]
    expect(await read(bob, { sessionId, messageId: first?.id })).toEqual(at(1))
    expect(await read(bob, { friendId: 'ann' })).toEqual(at(3))
    expect(await read(bob, { sessionId, messageId: first?.id })).toEqual(at(3))
    expect(await world.call('message.list', ann, { sessionId })).toMatchObject({
      items: [{ status: 'read' }, { status: 'read' }, { status: 'read' }],
    })
  })

  it('[P9] tells the session how far, and the sender', async () => {
    const { id: sessionId } = await world.privately(ann, 'bob')
    const message = await world.say(ann, sessionId)
    await read(bob, { friendId: 'ann' })
    const signals = world.said.flatMap(said => (said.kind === 'signal' ? [said.happening] : []))
    expect(signals).toEqual([
      expect.objectContaining({ name: 'message.status', data: expect.objectContaining({ status: 'read' }) }),
      {
        name: 'message.read',
        data: expect.objectContaining({ messageId: message.id, userId: 'bob', seq: 1 }),
      },
    ])
  })

  it('has nothing to read where the two have no session yet', async () => {
    const nothing = { sessionId: null, seq: 0, unreadCount: 0 }
    expect(await read(ann, { friendId: 'bob' })).toEqual(nothing)
    await expect(read(ann, { friendId: 'bob', messageId: 'none' })).rejects.toEqual(failure('not_found'))
    const { id: sessionId } = await world.privately(ann, 'bob')
    expect(await read(ann, { friendId: 'bob' })).toEqual({ ...nothing, sessionId })
  })

  it('[M18] not a message from before one’s own time', async () => {
    await world.befriend(ann, carl)
    const { id: sessionId } = await world.group(ann, 'bob')
    const { id: messageId } = await world.say(ann, sessionId)
    await world.call('session.add-participants', ann, { sessionId, userIds: ['carl'] })
    await expect(read(carl, { sessionId, messageId })).rejects.toEqual(failure('not_found'))
    expect(await read(carl, { sessionId })).toEqual({ sessionId, seq: 1, unreadCount: 0 })
  })

  it('[I5][U1] not found: a person who is not seen, a session that is not known, a message of another', async () => {
    const { id: sessionId } = await world.privately(ann, 'bob')
    await expect(read(ann, { friendId: 'carl' })).rejects.toEqual(failure('not_found'))
    await expect(read(ann, { friendId: 'nobody' })).rejects.toEqual(failure('not_found'))
    await expect(read(carl, { sessionId })).rejects.toEqual(failure('not_found'))
    const group = await world.group(ann, 'bob')
    const { id: messageId } = await world.say(ann, group.id)
    await expect(read(ann, { sessionId, messageId })).rejects.toEqual(failure('not_found'))
    await expect(read(key, { sessionId })).rejects.toEqual(failure('forbidden'))
    await expect(read(anyone, { sessionId })).rejects.toEqual(failure('unauthorized'))
  })

  it('[I6] staff who take no part in a support session are forbidden', async () => {
    await world.operator('otto')
    const { id: sessionId } = await world.start(caller('v', 'visitor'))
    await expect(read(caller('nurse', 'nurse'), { sessionId })).rejects.toEqual(failure('forbidden'))
  })
})

describe('message.history', () => {
  const history = (who: Caller, friendId: string, more: Partial<RawInput<'message.history'>> = {}) =>
    world.call('message.history', who, { friendId, ...more })

  it('[M17] gives the newest page of the private session, oldest first, also after the friendship', async () => {
    const { id } = await world.privately(ann, 'bob')
    for (let n = 0; n < 3; n += 1) await world.say(ann, id)
    await world.call('friend.remove', ann, { friendId: 'bob' })
    const { items, pagination } = await history(bob, 'ann', { limit: 2 })
    expect(items.map(({ seq }) => seq)).toEqual([2, 3])
    expect(pagination).toEqual({ page: 1, limit: 2, total: 3, totalPages: 2 })
    expect((await history(bob, 'ann', { beforeSeq: 2 })).items.map(({ seq }) => seq)).toEqual([1])
  })

  it('is empty without a session, and not found with who is not seen', async () => {
    expect(await history(ann, 'bob')).toMatchObject({ items: [], pagination: { total: 0, totalPages: 0 } })
    await expect(history(ann, 'bob', { beforeSeq: 1, afterSeq: 1 })).rejects.toEqual(
      failure('validation_failed', 'afterSeq'),
    )
    for (const id of ['carl', 'nobody']) await expect(history(ann, id)).rejects.toEqual(failure('not_found'))
  })

  it('[I1] is for who has an account', async () => {
    await expect(history(anyone, 'ann')).rejects.toEqual(failure('unauthorized'))
    for (const who of [key, caller('v', 'visitor'), caller('bot', 'system')])
      await expect(history(who, 'ann')).rejects.toEqual(failure('forbidden'))
  })
})

describe('message.unread', () => {
  const unread = (who: Caller, userId?: string) => world.call('message.unread', who, { userId })

  it('[M29] counts what others wrote after the mark, without tombstones', async () => {
    const talk = await world.privately(ann, 'bob')
    const group = await world.group(ann, 'bob')
    const recalled = await world.say(ann, talk.id)
    await world.say(ann, talk.id)
    await world.say(ann, group.id)
    await world.say(bob, group.id)
    await world.say(ann, group.id)
    await world.call('message.recall', ann, { messageId: recalled.id })
    expect(await unread(bob)).toEqual({ unreadCount: 2, sessions: { [talk.id]: 1, [group.id]: 1 } })
    expect(await unread(ann)).toEqual({ unreadCount: 0, sessions: {} })
    expect(await world.call('session.get', bob, { sessionId: talk.id })).toMatchObject({ unreadCount: 1 })
  })

  it('[I3][I4] of oneself; a key names whose', async () => {
    const talk = await world.privately(ann, 'bob')
    await world.say(ann, talk.id)
    expect(await unread(key, 'bob')).toMatchObject({ unreadCount: 1 })
    expect(await unread(bob, 'bob')).toMatchObject({ unreadCount: 1 })
    await expect(unread(key)).rejects.toEqual(failure('validation_failed', 'userId'))
    await expect(unread(await world.operator('otto'), 'bob')).rejects.toEqual(failure('identity_mismatch'))
    await expect(unread(anyone, 'bob')).rejects.toEqual(failure('unauthorized'))
  })
})

describe('session.of-user', () => {
  const list = async (who: Caller, userId?: string) =>
    (await world.call('session.of-user', who, { userId })).items.map(({ id, unreadCount }) => [
      id,
      unreadCount,
    ])
  let talkId: string
  let groupId: string
  beforeEach(async () => {
    talkId = (await world.privately(ann, 'bob')).id
    world.now += 1
    groupId = (await world.group(ann, 'bob')).id
    world.now += 1
    await world.say(ann, talkId)
  })

  it('[M29] latest message first, with what that person has not read', async () => {
    expect(await list(bob)).toEqual([
      [talkId, 1],
      [groupId, 0],
    ])
    expect(await list(key, 'bob')).toEqual(await list(bob, 'bob'))
    const page = await world.call('session.of-user', bob, { page: 2, limit: 1 })
    expect(page).toMatchObject({ items: [{ id: groupId }], pagination: { total: 2, totalPages: 2 } })
  })

  it('[I5] staff are shown what they may know of: support sessions, and those they take part in', async () => {
    const otto = await world.operator('otto')
    const support = await world.start(bob)
    expect((await list(otto, 'bob')).map(([id]) => id)).toEqual([support.id])
    const own = await world.privately(otto, 'bob')
    const { items, pagination } = await world.call('session.of-user', otto, { userId: 'bob' })
    expect(items.map(({ id }) => id).sort()).toEqual([own.id, support.id].sort())
    expect(pagination.total).toBe(2)
    expect((await list(otto)).map(([id]) => id).sort()).toEqual([own.id, support.id].sort())
  })

  it('[I3][I4] others ask for their own; a key names whose', async () => {
    for (const who of [bob, caller('v', 'visitor'), caller('bot', 'system')])
      await expect(list(who, idOf(ann))).rejects.toEqual(failure('identity_mismatch'))
    await expect(list(key)).rejects.toEqual(failure('validation_failed', 'userId'))
    await expect(list(anyone)).rejects.toEqual(failure('unauthorized'))
    expect(await list(key, 'nobody')).toEqual([])
  })
})
