import type { KnownFile } from '../../ports/store/file-store.ts'
import { equal } from './check.ts'
import { accept, type Scene } from './scene.ts'

const upload = (id: string, ownerId: string | null, more: Partial<KnownFile> = {}): KnownFile => ({
  id,
  ownerId,
  name: '猫.png',
  size: 12,
  mimeType: 'image/png',
  width: 3,
  height: 4,
  durationMs: null,
  hasThumbnail: true,
  isPublic: false,
  ...more,
})

const messageWith = (id: string) => ({
  type: 'file' as const,
  file: {
    ...{ url: `/files/${id}`, name: 'a', size: 1, mimeType: 'image/png', width: 3, height: 4 },
    ...{ durationMs: null, thumbnailUrl: `/files/${id}/thumbnail` },
  },
})

/** Which of these people, staff by a `*`, may have the file; `key` is an API key. */
async function readers(scene: Scene, id: string, ...names: string[]): Promise<string[]> {
  const found = await Promise.all(
    names.map(name => {
      const person = { kind: 'person', userId: name.replace('*', ''), isStaff: name.endsWith('*') } as const
      return scene.store.readableFile(id, name === 'key' ? { kind: 'key' } : person)
    }),
  )
  return names.filter((_, n) => found[n] !== null)
}

export const files = [
  accept('[M20] an upload is its owner’s and for API keys, and is known whole', async scene => {
    const file = upload('f', 'ada')
    await scene.under.addFile(file)
    await scene.under.addFile(upload('of-a-key', null, { width: null, height: null, durationMs: 1200 }))
    equal(await scene.store.readableFile('f', { kind: 'key' }), file, 'the file')
    equal(await readers(scene, 'f', 'key', 'ada', 'bob', 'boss*'), ['key', 'ada'], 'who may have it')
    equal(await readers(scene, 'of-a-key', 'key', 'ada', 'boss*'), ['key'], 'who may have that of a key')
    equal(await readers(scene, 'none', 'key', 'ada'), [], 'who may have one that is not there')
  }),

  accept('[M20] a person’s picture is for anyone', async scene => {
    await scene.under.addFile(upload('f', 'ada', { isPublic: true }))
    equal(await readers(scene, 'f', 'key', 'ada', 'bob'), ['key', 'ada', 'bob'], 'who may have it')
  }),

  accept('[M20] a file of a message is for who may see the message', async scene => {
    await scene.under.addFile(upload('f', 'ada'))
    const talk = await scene.talk('private', 'ada', 'bob')
    await scene.say(talk, 'ada', messageWith('f'))
    equal(await readers(scene, 'f', 'bob', 'eve', 'boss*'), ['bob'], 'who may have it of a private session')
    const group = scene.newId('talk')
    for (const id of ['ada', 'cat', 'dan']) await scene.under.addPerson({ id, role: 'user' })
    await scene.under.addTalk({
      id: group,
      type: 'group',
      parts: [{ userId: 'ada' }, { userId: 'cat' }, { userId: 'dan', visibleAfterSeq: 1 }],
    })
    await scene.say(group, 'ada', messageWith('f'))
    equal(await readers(scene, 'f', 'bob', 'cat', 'dan'), ['bob', 'cat'], 'who may have it of a group too')
    await scene.say(group, 'ada', messageWith('f'))
    equal(await readers(scene, 'f', 'dan'), ['dan'], 'who sees the second message alone')
  }),

  accept('[M20] staff may have what is in a support session, who has left it may not', async scene => {
    await scene.under.addFile(upload('f', 'visitor'))
    const sessionId = await scene.conversation('visitor', 'ann')
    await scene.say(sessionId, 'visitor', messageWith('f'))
    await scene.operator('bea')
    await scene.under.addPerson({ id: 'other', role: 'user' })
    const names = ['ann', 'bea*', 'bea', 'other', 'visitor']
    equal(await readers(scene, 'f', ...names), ['ann', 'bea*', 'visitor'], 'who may have it')
    await scene.assign(sessionId, 'bea')
    equal(await readers(scene, 'f', ...names), ['bea*', 'bea', 'visitor'], 'after a transfer')
  }),

  accept('[M3] which client message ids a sender has used', async scene => {
    const sessionId = await scene.conversation()
    await scene.say(sessionId, 'visitor', { clientMessageId: 'c' })
    const used = (senderId: string, id: string) => scene.store.hasSent(senderId, id)
    equal(
      await Promise.all([used('visitor', 'c'), used('visitor', 'd'), used('ann', 'c')]),
      [true, false, false],
      'used',
    )
  }),

  accept('[M22] no signature is stored with a message', async scene => {
    const sessionId = await scene.conversation()
    const { file, type } = messageWith('f')
    const signed = {
      ...file,
      url: `${file.url}?expires=1&signature=a`,
      thumbnailUrl: `${file.thumbnailUrl}?expires=1&signature=a`,
    }
    const message = await scene.say(sessionId, 'visitor', { type, file: signed })
    equal(message.file, file, 'as it was stored')
    equal((await scene.store.message(message.id))?.file, file, 'as it is read')
    const elsewhere = { ...file, url: 'https://cdn.example.com/a?x=1', thumbnailUrl: null }
    equal(
      (await scene.say(sessionId, 'visitor', { type, file: elsewhere })).file,
      elsewhere,
      'of another host',
    )
  }),
]
