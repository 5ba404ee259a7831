import type { RawInput } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'
import type { Caller } from '../access/caller.ts'

let world: RulesWorld
let ann: Caller
let bob: Caller
let outsider: Caller
let sessionId: string
beforeEach(async () => {
  world = new RulesWorld()
  ann = world.user('ann')
  bob = world.user('bob')
  outsider = world.user('outsider')
  await world.befriend(ann, bob)
  sessionId = (await world.privately(ann, 'bob')).id
})

const read = (id = sessionId) => world.call('message.list', key, { sessionId: id })
const lastChange = async (id = sessionId) =>
  (await world.call('session.get', key, { sessionId: id })).lastChange

/** A group in which `late` sees only what comes after the first message, which is answered. */
async function groupWithLate() {
  for (const other of ['outsider', 'late']) await world.befriend(ann, world.user(other))
  const group = await world.group(ann, 'outsider')
  const before = await world.say(ann, group.id)
  await world.call('session.add-participants', ann, { sessionId: group.id, userIds: ['late'] })
  return { groupId: group.id, before, late: caller('late', 'user') }
}

describe('message.recall', () => {
  const recall = (who: Caller, messageId: string) => world.call('message.recall', who, { messageId })

  it('[M25] leaves a tombstone that keeps its seq and is one change', async () => {
    const { id } = await world.say(ann, sessionId, 'secret')
    await world.call('message.react', bob, { messageId: id, emoji: '👍' })
    const change = await lastChange()
    const tombstone = { id, seq: 1, recalled: true, text: '', file: null, reactions: {}, change: change + 1 }
    expect(await recall(ann, id)).toMatchObject(tombstone)
    expect((await read()).items).toEqual([expect.objectContaining(tombstone)])
    expect(await recall(ann, id)).toMatchObject(tombstone)
    expect(await lastChange()).toBe(change + 1)
    expect(await world.call('session.get', bob, { sessionId })).toMatchObject({ unreadCount: 0 })
  })

  it('[M23] only within the window, by the store’s clock; what was recalled in it stays so', async () => {
    const [first, second] = [await world.say(ann, sessionId), await world.say(ann, sessionId)]
    world.now += 119_999
    expect(await recall(ann, first.id)).toMatchObject({ recalled: true })
    world.now += 1
    await expect(recall(ann, second.id)).rejects.toEqual(failure('recall_window_passed'))
    expect(await recall(ann, first.id)).toMatchObject({ recalled: true })
  })

  it('[M23] only by its sender: others who know it are forbidden, to the rest it is not there', async () => {
    const { id } = await world.say(ann, sessionId)
    await expect(recall(bob, id)).rejects.toEqual(failure('forbidden'))
    for (const who of [outsider, await world.operator('otto'), world.person('boss', 'admin')])
      await expect(recall(who, id)).rejects.toEqual(failure('not_found'))
    await expect(recall(ann, 'none')).rejects.toEqual(failure('not_found'))
    await expect(recall(key, id)).rejects.toEqual(failure('forbidden'))
    await expect(recall(anyone, id)).rejects.toEqual(failure('unauthorized'))
  })

  it('[M23][M18] not a message from before one’s own time', async () => {
    const { before, late } = await groupWithLate()
    await expect(recall(late, before.id)).rejects.toEqual(failure('not_found'))
  })

  it('[M23] staff know a support session: the sender may, the others are forbidden', async () => {
    const [otto, visitor] = [await world.operator('otto'), caller('v', 'visitor')]
    const support = await world.start(visitor)
    const [words, answer] = [await world.say(visitor, support.id), await world.say(otto, support.id)]
    await expect(recall(otto, words.id)).rejects.toEqual(failure('forbidden'))
    await expect(recall(caller('nurse', 'nurse'), words.id)).rejects.toEqual(failure('forbidden'))
    await world.operator('eva')
    await world.call('operator.assign', key, { sessionId: support.id, operatorId: 'eva' })
    expect(await recall(otto, answer.id)).toMatchObject({ recalled: true })
  })

  it('[M23][M9] automatic senders take back what they have written, and nothing else', async () => {
    const bot = world.person('bot', 'system')
    const said = await world.say(bot, sessionId)
    expect(await recall(bot, said.id)).toMatchObject({ recalled: true })
    await expect(recall(bot, (await world.say(ann, sessionId)).id)).rejects.toEqual(failure('not_found'))
  })

  it('[M25] works in an ended session too, and not for who has left', async () => {
    await world.operator('otto')
    const visitor = caller('v', 'visitor')
    const support = await world.start(visitor)
    const { id } = await world.say(visitor, support.id)
    await world.call('session.end', visitor, { sessionId: support.id })
    expect(await recall(visitor, id)).toMatchObject({ recalled: true })

    const { groupId } = await groupWithLate()
    const gone = await world.say(outsider, groupId)
    await world.call('session.remove-participant', outsider, { sessionId: groupId, userId: 'outsider' })
    await expect(recall(outsider, gone.id)).rejects.toEqual(failure('not_found'))
  })
})

describe('message.delete', () => {
  const remove = (who: Caller, messageId: string, userId?: string) =>
    world.call('message.delete', who, { messageId, userId })
  const deletions = () =>
    world.store.fixtures.audits().flatMap(({ action, actor }) => (action === 'message.delete' ? [actor] : []))

  it('[M24][M25] its sender may at any time, which is not audited', async () => {
    const { id } = await world.say(ann, sessionId)
    world.now += 1_000_000_000
    expect(await remove(ann, id, 'ann')).toMatchObject({ recalled: true, text: '', seq: 1 })
    expect(deletions()).toEqual([])
  })

  it('[M24] an admin and an API key may, without taking part; it is audited', async () => {
    const boss = world.person('boss', 'admin')
    const ids: string[] = []
    for (let n = 0; n < 3; n += 1) ids.push((await world.say(ann, sessionId)).id)
    expect(await remove(boss, ids[0] ?? '')).toMatchObject({ recalled: true })
    expect(await remove(key, ids[1] ?? '')).toMatchObject({ recalled: true })
    expect(await remove(key, ids[2] ?? '', 'bob')).toMatchObject({ recalled: true })
    expect(deletions()).toEqual([
      { kind: 'person', id: 'boss', actingFor: null },
      { kind: 'key', id: 'key-1', actingFor: null },
      { kind: 'key', id: 'key-1', actingFor: 'bob' },
    ])
    await expect(remove(key, 'none')).rejects.toEqual(failure('not_found'))
  })

  it('[M24][I3] nobody else: who knows it is forbidden, to the rest it is not there', async () => {
    const { id } = await world.say(ann, sessionId)
    await expect(remove(bob, id)).rejects.toEqual(failure('forbidden'))
    await expect(remove(bob, id, 'ann')).rejects.toEqual(failure('identity_mismatch'))
    for (const who of [outsider, await world.operator('otto'), caller('nurse', 'nurse')])
      await expect(remove(who, id)).rejects.toEqual(failure('not_found'))
    await expect(remove(anyone, id)).rejects.toEqual(failure('unauthorized'))
    const { before, late } = await groupWithLate()
    await expect(remove(late, before.id)).rejects.toEqual(failure('not_found'))
  })
})

describe('message.react', () => {
  const react = (who: Caller, messageId: string, emoji = '👍', userId?: string) =>
    world.call('message.react', who, { messageId, emoji, userId })

  it('[M26] toggles: one person, one emoji, once', async () => {
    const { id, change } = await world.say(ann, sessionId)
    expect(await react(bob, id)).toMatchObject({ reactions: { '👍': ['bob'] }, change: change + 1 })
    expect(await react(ann, id)).toMatchObject({ reactions: { '👍': ['bob', 'ann'] } })
    expect(await react(bob, id)).toMatchObject({ reactions: { '👍': ['ann'] } })
    expect(await react(ann, id)).toMatchObject({ reactions: {}, change: change + 4 })
  })

  it('[M26] at most 20 different ones, and none on a tombstone', async () => {
    const { id } = await world.say(ann, sessionId)
    const emojis = Array.from({ length: 21 }, (_, n) => String.fromCodePoint(0x1f600 + n))
    for (const emoji of emojis.slice(0, 20)) await react(bob, id, emoji)
    const one = react(bob, id, emojis[20])
    await expect(one).rejects.toMatchObject({ code: 'conflict', params: { reason: 'reactions' } })
    expect(await react(ann, id, emojis[0])).toMatchObject({
      reactions: expect.objectContaining({ [emojis[0] ?? '']: ['bob', 'ann'] }),
    })
    await world.call('message.recall', ann, { messageId: id })
    await expect(react(bob, id)).rejects.toEqual(failure('conflict'))
  })

  it('[M26] none in an ended session', async () => {
    await world.operator('otto')
    const visitor = caller('v', 'visitor')
    const support = await world.start(visitor)
    const { id } = await world.say(visitor, support.id)
    await world.call('session.end', visitor, { sessionId: support.id })
    await expect(react(visitor, id)).rejects.toEqual(failure('session_ended'))
  })

  it('[I3][I4][I6] participants react; a key names one', async () => {
    const { id } = await world.say(ann, sessionId)
    await expect(react(key, id)).rejects.toEqual(failure('validation_failed', 'userId'))
    await expect(react(key, id, '👍', 'outsider')).rejects.toEqual(failure('not_found'))
    expect(await react(key, id, '👍', 'bob')).toMatchObject({ reactions: { '👍': ['bob'] } })
    await expect(react(ann, id, '👍', 'bob')).rejects.toEqual(failure('identity_mismatch'))
    for (const who of [outsider, await world.operator('otto'), world.person('bot', 'system')])
      await expect(react(who, id)).rejects.toEqual(failure('not_found'))
    await expect(react(anyone, id)).rejects.toEqual(failure('unauthorized'))
    const { before, late } = await groupWithLate()
    await expect(react(late, before.id)).rejects.toEqual(failure('not_found'))
  })

  it('[I6] staff who take no part in a support session are forbidden', async () => {
    await world.operator('otto')
    const visitor = caller('v', 'visitor')
    const { id } = await world.say(visitor, (await world.start(visitor)).id)
    await expect(react(caller('nurse', 'nurse'), id)).rejects.toEqual(failure('forbidden'))
  })
})

describe('message.forward', () => {
  const forward = (who: Caller, messageId: string, more: Omit<RawInput<'message.forward'>, 'messageId'>) =>
    world.call('message.forward', who, { messageId, ...more })
  let groupId: string
  beforeEach(async () => {
    groupId = (await world.group(ann, 'bob')).id
  })

  it('[M27] writes the text, type and file into the other sessions as the forwarder’s own', async () => {
    const file = { fileUrl: 'https://cdn.example.com/b.png', fileName: 'b.png', type: 'image' } as const
    const first = await world.call('message.send', bob, { sessionId, text: 'see', ...file })
    const sessionIds = [groupId, sessionId]
    const [one, other] = await forward(ann, first.id, { sessionIds })
    const copy = { senderId: 'ann', text: 'see', type: 'image', file: first.file, forwardedFrom: first.id }
    expect(one).toMatchObject({ ...copy, sessionId: groupId, seq: 1, receiverId: null })
    expect(other).toMatchObject({ ...copy, sessionId, seq: 2, receiverId: 'bob' })
  })

  it('[M27][M3] a repeat with the same clientMessageIds stores nothing', async () => {
    const first = await world.say(ann, sessionId)
    const again = () => forward(ann, first.id, { sessionIds: [groupId], clientMessageIds: ['c'] })
    expect(await again()).toEqual(await again())
    expect((await read(groupId)).items).toHaveLength(1)
  })

  it('[M27] is refused before anything is sent where one of the sessions may not be written to', async () => {
    const first = await world.say(ann, sessionId)
    await world.befriend(ann, outsider)
    const gone = await world.privately(ann, 'outsider')
    await world.call('friend.remove', ann, { friendId: 'outsider' })
    const to = (...others: string[]) => forward(ann, first.id, { sessionIds: [groupId, ...others] })
    await expect(to(gone.id)).rejects.toEqual(failure('not_friends'))
    await expect(to('none')).rejects.toEqual(failure('not_found'))
    const foreign = await world.group(bob, 'ann')
    await world.call('session.remove-participant', bob, { sessionId: foreign.id, userId: 'ann' })
    await expect(to(foreign.id)).rejects.toEqual(failure('not_found'))
    expect((await read(groupId)).items).toEqual([])
  })

  it('[M27][S9][M9] nor where it has ended, or staff take no part', async () => {
    const [otto, visitor] = [await world.operator('otto'), caller('v', 'visitor')]
    const support = await world.start(visitor)
    const words = await world.say(visitor, support.id)
    const own = await world.privately(otto, 'ann')
    const nurse = world.person('nurse', 'nurse')
    const theirs = await world.privately(nurse, 'ann')
    const said = await world.say(nurse, theirs.id)
    await expect(forward(nurse, said.id, { sessionIds: [support.id] })).rejects.toEqual(failure('forbidden'))
    await expect(forward(nurse, words.id, { sessionIds: [theirs.id] })).rejects.toEqual(failure('forbidden'))
    expect(await forward(otto, words.id, { sessionIds: [own.id] })).toMatchObject([
      { senderType: 'operator' },
    ])
    await world.call('session.end', key, { sessionId: support.id })
    await expect(forward(otto, words.id, { sessionIds: [support.id] })).rejects.toEqual(
      failure('session_ended'),
    )
  })

  it('[M27][M7] a tombstone is not there, and a system message becomes a person’s own text', async () => {
    const first = await world.call('message.send', key, {
      ...{ sessionId, senderId: 'bot', type: 'system', text: 'notice' },
    })
    const sessionIds = [groupId]
    expect(await forward(ann, first.id, { sessionIds })).toMatchObject([{ type: 'text', text: 'notice' }])
    expect(await forward(key, first.id, { sessionIds, userId: 'ann' })).toMatchObject([{ type: 'system' }])
    const { id } = await world.say(ann, sessionId)
    await world.call('message.recall', ann, { messageId: id })
    await expect(forward(ann, id, { sessionIds })).rejects.toEqual(failure('not_found'))
  })

  it('[I3][I4][M18] participants forward what they see; a key names who does', async () => {
    const first = await world.say(ann, sessionId)
    const sessionIds = [groupId]
    await expect(forward(key, first.id, { sessionIds })).rejects.toEqual(
      failure('validation_failed', 'userId'),
    )
    expect(await forward(key, first.id, { sessionIds, userId: 'bob' })).toMatchObject([{ senderId: 'bob' }])
    await expect(forward(ann, first.id, { sessionIds, userId: 'bob' })).rejects.toEqual(
      failure('identity_mismatch'),
    )
    for (const who of [outsider, await world.operator('otto')])
      await expect(forward(who, first.id, { sessionIds })).rejects.toEqual(failure('not_found'))
    const { before, late, groupId: lateId } = await groupWithLate()
    await expect(forward(late, before.id, { sessionIds: [lateId] })).rejects.toEqual(failure('not_found'))
  })
})

describe('message.read', () => {
  const markRead = (who: Caller, messageId: string, userId?: string) =>
    world.call('message.read', who, { messageId, userId })

  it('[M13][I4] a key names a participant, who has read it and all before it then', async () => {
    await world.say(ann, sessionId)
    const { id } = await world.say(ann, sessionId)
    await expect(markRead(key, id)).rejects.toEqual(failure('validation_failed', 'userId'))
    await expect(markRead(key, id, 'outsider')).rejects.toEqual(failure('not_found'))
    expect(await markRead(key, id, 'bob')).toMatchObject({ status: 'read', readBy: [{ userId: 'bob' }] })
    expect(await world.call('message.unread', bob, {})).toEqual({ unreadCount: 0, sessions: {} })
  })

  it('[I3][M18][M9] only participants, and only what they see', async () => {
    const { id } = await world.say(ann, sessionId)
    await expect(markRead(bob, id, 'ann')).rejects.toEqual(failure('identity_mismatch'))
    for (const who of [outsider, await world.operator('otto')])
      await expect(markRead(who, id)).rejects.toEqual(failure('not_found'))
    const { before, late } = await groupWithLate()
    await expect(markRead(late, before.id)).rejects.toEqual(failure('not_found'))
    await expect(markRead(key, before.id, 'late')).rejects.toEqual(failure('not_found'))
  })
})
