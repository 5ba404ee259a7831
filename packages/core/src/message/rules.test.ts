import type { RawInput } from '@parley/contracts'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'
import type { Caller } from '../access/caller.ts'

const visitor = caller('v', 'visitor')

let world: RulesWorld
let ann: Caller
let sessionId: string
beforeEach(async () => {
  world = new RulesWorld()
  ann = await world.operator('ann', 3)
  sessionId = (await world.start(visitor)).id
})

const send = (who: Caller, more: Partial<RawInput<'message.send'>>) =>
  world.call('message.send', who, { sessionId, ...more })

describe('message.send', () => {
  it('[M1][M8] stores what a participant writes', async () => {
    expect(await send(visitor, { text: ' Hi! ' })).toMatchObject({
      seq: 1,
      senderId: 'v',
      senderType: 'user',
      text: ' Hi! ',
      type: 'text',
      file: null,
    })
    expect(await send(ann, { text: 'Hello', senderId: 'ann' })).toMatchObject({
      seq: 2,
      senderType: 'operator',
    })
  })

  it('[M5] counts code points of the trimmed text, and keeps it as typed', async () => {
    expect((await send(visitor, { text: `  ${'👋'.repeat(10)}\n` })).text).toBe(`  ${'👋'.repeat(10)}\n`)
    await expect(send(visitor, { text: 'x'.repeat(11) })).rejects.toEqual(
      failure('validation_failed', 'text'),
    )
    await expect(send(visitor, { text: ' \n\t ' })).rejects.toEqual(failure('validation_failed', 'text'))
    await expect(send(visitor, {})).rejects.toEqual(failure('validation_failed', 'text'))
  })

  it('[M5][M7] a file needs no text, and is a file unless it is said to be a picture', async () => {
    const file = { fileUrl: 'https://cdn.example.com/b.png', fileName: 'b.png', fileSize: 12 }
    const stored = await send(visitor, file)
    expect(stored).toMatchObject({
      text: '',
      type: 'file',
      file: { url: 'https://cdn.example.com/b.png', name: 'b.png', size: 12 },
    })
    expect((await send(visitor, { ...file, type: 'image', text: 'see' })).type).toBe('image')
    expect((await send(visitor, { ...file, fileName: '', fileSize: 0 })).file).toMatchObject({
      name: null,
      size: null,
    })
    await expect(send(visitor, { type: 'image', text: 'x' })).rejects.toEqual(
      failure('validation_failed', 'fileUrl'),
    )
  })

  it('[M6] refuses files of anywhere else', async () => {
    await expect(send(visitor, { fileUrl: 'https://evil.example/x' })).rejects.toEqual(
      failure('validation_failed', 'fileUrl'),
    )
  })

  describe('with a file of this server', () => {
    const photo = {
      ...{ id: 'photo', ownerId: 'v', name: 'photo.jpg', size: 4711, mimeType: 'image/jpeg' },
      ...{ width: 1600, height: 1200, durationMs: null, hasThumbnail: true, isPublic: false },
    }
    const fileUrl = '/files/photo?expires=1&signature=abc'
    beforeEach(() => world.store.fixtures.addFile(photo))

    it('[M21][M22] tells what is known of it, whatever the sender says, and keeps no signature', async () => {
      const said = { fileUrl, fileName: '猫.png', fileSize: 1, type: 'image' } as const
      expect((await send(visitor, said)).file).toEqual({
        ...{ url: '/files/photo', name: '猫.png', size: 4711, mimeType: 'image/jpeg' },
        ...{ width: 1600, height: 1200, durationMs: null, thumbnailUrl: '/files/photo/thumbnail' },
      })
      world.store.fixtures.addFile({ ...photo, id: 'note', hasThumbnail: false })
      const plain = await send(visitor, { fileUrl: '/files/note', fileName: '' })
      expect(plain.file).toMatchObject({ name: 'photo.jpg', thumbnailUrl: null })
    })

    it.each(['/files/none', '/files/photo/thumbnail', '/files/a/b.png'])('[M19] refuses %s', async url => {
      await expect(send(visitor, { fileUrl: url })).rejects.toEqual(failure('validation_failed', 'fileUrl'))
      await expect(send(key, { senderId: 'v', fileUrl: url })).rejects.toEqual(
        failure('validation_failed', 'fileUrl'),
      )
    })

    it('[M19][M20] takes somebody else’s only from who may see it, and from API keys', async () => {
      await expect(send(ann, { fileUrl })).rejects.toEqual(failure('validation_failed', 'fileUrl'))
      await expect(send(caller('bot', 'system'), { fileUrl })).rejects.toEqual(
        failure('validation_failed', 'fileUrl'),
      )
      expect((await send(key, { senderId: 'ann', fileUrl })).file?.url).toBe('/files/photo')
      expect((await send(ann, { fileUrl })).file?.url).toBe('/files/photo')
    })

    it('[M3] answers with what was sent before, also when its file is gone', async () => {
      const first = await send(visitor, { fileUrl, clientMessageId: 'c' })
      world.store.rows.files.delete('photo')
      expect(await send(visitor, { fileUrl, clientMessageId: 'c' })).toEqual(first)
      await expect(send(visitor, { fileUrl, clientMessageId: 'd' })).rejects.toEqual(
        failure('validation_failed', 'fileUrl'),
      )
    })

    it('[M19] asks the store for no file where there is none of this server', async () => {
      const asked = vi.spyOn(world.deps.store, 'readableFile')
      await send(visitor, { text: 'Hi' })
      await send(visitor, { fileUrl: 'https://cdn.example.com/b.png' })
      expect(asked).not.toHaveBeenCalled()
    })
  })

  it('[M7] system messages are for automatic senders and keys', async () => {
    await expect(send(ann, { type: 'system', text: 'x' })).rejects.toEqual(
      failure('validation_failed', 'type'),
    )
    expect(await send(key, { senderId: 'bot', type: 'system', text: 'x' })).toMatchObject({ type: 'system' })
    expect(await send(caller('bot', 'system'), { type: 'system', text: 'x' })).toMatchObject({
      senderType: 'system',
    })
  })

  it('[M8][I2] what the input says of the sender’s kind is not believed', async () => {
    expect((await send(visitor, { text: 'x', senderType: 'operator' })).senderType).toBe('user')
    expect((await send(key, { text: 'x', senderId: 'ann', senderType: 'user' })).senderType).toBe('operator')
    expect((await send(key, { text: 'x', senderId: 'bot', senderType: 'system' })).senderType).toBe('system')
    expect((await send(key, { text: 'x', senderId: 'unknown' })).senderType).toBe('user')
  })

  it('[I3][M10] the sender is the caller; a key names one', async () => {
    await expect(send(visitor, { text: 'x', senderId: 'ann' })).rejects.toEqual(failure('identity_mismatch'))
    await expect(send(key, { text: 'x' })).rejects.toEqual(failure('validation_failed', 'senderId'))
    await expect(send(anyone, { text: 'x', senderId: 'v' })).rejects.toEqual(failure('unauthorized'))
    expect((await world.store.messages(sessionId, { kind: 'page', page: 1, limit: 9 }, 0)).total).toBe(0)
  })

  it('[M9] staff who take no part may not, others find nothing', async () => {
    const bob = await world.operator('bob')
    await expect(send(bob, { text: 'x' })).rejects.toEqual(failure('forbidden'))
    await expect(send(caller('boss', 'admin'), { text: 'x' })).rejects.toEqual(failure('forbidden'))
    await expect(send(caller('x', 'user'), { text: 'x' })).rejects.toEqual(failure('not_found'))
    await world.call('operator.assign', ann, { sessionId, operatorId: 'bob' })
    await expect(send(ann, { text: 'x' })).rejects.toEqual(failure('forbidden'))
    await expect(send(bob, { sessionId: 'none', text: 'x' })).rejects.toEqual(failure('not_found'))
    await expect(send(key, { sessionId: 'none', senderId: 'v', text: 'x' })).rejects.toEqual(
      failure('not_found'),
    )
  })

  it('[M9] staff do not learn of private sessions', async () => {
    world.store.fixtures.addTalk({ id: 'talk', type: 'private', parts: [{ userId: 'a' }, { userId: 'b' }] })
    await expect(send(ann, { sessionId: 'talk', text: 'x' })).rejects.toEqual(failure('not_found'))
    expect(await send(caller('bot', 'system'), { sessionId: 'talk', text: 'x' })).toMatchObject({ seq: 1 })
  })

  it('[S9] an ended session takes none', async () => {
    await world.call('session.end', key, { sessionId })
    await expect(send(visitor, { text: 'x' })).rejects.toEqual(failure('session_ended'))
  })

  it('[M3][M4] the same clientMessageId answers with the first; elsewhere it is a conflict that says why', async () => {
    const first = await send(visitor, { text: 'one', clientMessageId: 'c' })
    expect(await send(visitor, { text: 'two', clientMessageId: 'c' })).toEqual(first)
    await world.call('session.end', key, { sessionId })
    expect((await send(visitor, { text: 'two', clientMessageId: 'c' })).id).toBe(first.id)
    const next = await world.start(visitor)
    const elsewhere = send(visitor, { sessionId: next.id, text: 'x', clientMessageId: 'c' })
    await expect(elsewhere).rejects.toMatchObject({
      code: 'conflict',
      params: { reason: 'client_message_id' },
    })
  })

  it('[M11] answers a message of the same session', async () => {
    const first = await world.say(visitor, sessionId)
    expect(await send(ann, { text: 'yes', replyTo: first.id })).toMatchObject({ replyTo: first.id })
    const other = await world.start(caller('w', 'visitor'))
    const reply = (replyTo: string) => send(ann, { sessionId: other.id, text: 'no', replyTo })
    await expect(reply(first.id)).rejects.toEqual(failure('validation_failed', 'replyTo'))
    await expect(reply('none')).rejects.toEqual(failure('validation_failed', 'replyTo'))
  })
})

describe('message.list', () => {
  const list = (who: Caller, more: Partial<RawInput<'message.list'>> = {}) =>
    world.call('message.list', who, { sessionId, ...more })
  const seqs = async (who: Caller, more: Partial<RawInput<'message.list'>> = {}) =>
    (await list(who, more)).items.map(({ seq }) => seq)

  it('[M17] pages from the newest, and the nearest before and after', async () => {
    for (let n = 0; n < 5; n++) await world.say(visitor, sessionId)
    expect(await seqs(visitor, { limit: 2 })).toEqual([4, 5])
    expect(await seqs(ann, { limit: '2', page: '3' })).toEqual([1])
    expect(await seqs(key, { beforeSeq: 4, limit: 2 })).toEqual([2, 3])
    expect(await seqs(key, { afterSeq: 3 })).toEqual([4, 5])
    expect((await list(key, { limit: 2 })).pagination).toEqual({ page: 1, limit: 2, total: 5, totalPages: 3 })
    await expect(list(key, { beforeSeq: 4, afterSeq: 1 })).rejects.toEqual(
      failure('validation_failed', 'afterSeq'),
    )
  })

  it('[S9][I5] may be read by participants, staff and keys, ended or not', async () => {
    await world.say(visitor, sessionId)
    await world.call('session.end', visitor, { sessionId })
    for (const who of [visitor, ann, key, caller('nurse', 'nurse')]) expect(await seqs(who)).toEqual([1])
    await expect(list(caller('x', 'user'))).rejects.toEqual(failure('not_found'))
    await expect(list(anyone)).rejects.toEqual(failure('unauthorized'))
  })

  it('[M18] who joined later sees what came after', async () => {
    const parts = [{ userId: 'a' }, { userId: 'late', visibleAfterSeq: 1 }]
    world.store.fixtures.addTalk({ id: 'talk', type: 'group', parts })
    await world.say(caller('a', 'user'), 'talk')
    await world.say(caller('a', 'user'), 'talk')
    expect(await seqs(caller('late', 'user'), { sessionId: 'talk' })).toEqual([2])
    expect(await seqs(key, { sessionId: 'talk' })).toEqual([1, 2])
    await expect(list(ann, { sessionId: 'talk' })).rejects.toEqual(failure('not_found'))
  })
})
