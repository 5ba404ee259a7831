import type { Message } from '@parley/contracts'
import { addUsers, apiKey, atOnce, by, change, group, recall, recalled, refusal } from './chat.ts'
import { equal, matches, ok, oneTo } from './check.ts'
import { accept, type Scene } from './scene.ts'

const file = {
  ...{ url: 'https://cdn.example.com/a.png', name: 'a.png', size: 12, mimeType: 'image/png' },
  ...{ width: 3, height: 4, durationMs: null, thumbnailUrl: null },
}

/** A group of two, with as many messages of the first. */
async function told(scene: Scene, count: number): Promise<readonly [string, readonly Message[]]> {
  const talk = await group(scene, 'a', 'b')
  const messages: Message[] = []
  for (const _ of oneTo(count)) messages.push(await scene.say(talk, 'a'))
  return [talk, messages]
}

const first = (messages: readonly Message[]): Message => {
  const [message] = messages
  if (!message) throw new Error('nothing was said')
  return message
}

export const recalling = [
  accept('[M25] a tombstone stays, and nothing of what it said', async scene => {
    const talk = await group(scene, 'a', 'b')
    const clientMessageId = 'c'
    const message = await scene.say(talk, 'a', { text: 'oops', type: 'image', file, clientMessageId })
    await scene.store.react({ messageId: message.id, userId: 'b', emoji: '👍' })
    const result = await recall(scene, message)
    const tombstone = { id: message.id, seq: 1, recalled: true, text: '', file: null, senderId: 'a' }
    matches(result, { kind: 'recalled', change: 3, message: { ...tombstone, change: 3 } }, 'the answer')
    const stands = await recalled(Promise.resolve(result))
    equal(stands.reactions, {}, 'its reactions')
    equal(stands.createdAt, message.createdAt, 'createdAt')
    const read = [await scene.store.message(message.id), (await scene.messages(talk))[0]]
    equal(
      [...read, (await scene.session(talk, 'b')).lastMessage],
      [stands, stands, stands],
      'wherever it is read',
    )
    equal(await scene.store.messagesChangedSince(talk, 2, 0, 9), [stands], 'as changed since')
    const again = await scene.append(talk, 'a', { clientMessageId, text: 'oops' })
    equal(again, { kind: 'duplicate', message: stands }, '[M3] sent again')
    matches(await scene.session(talk), { lastSeq: 1, lastChange: 3 }, 'the session')
  }),

  accept('[M25][S10] it is one change, and no change has the words any more', async scene => {
    const [talk, messages] = await told(scene, 2)
    const { id: messageId } = first(messages)
    await recall(scene, first(messages), { byId: 'a' })
    const what = { kind: 'recalled', messageId, seq: 1, byId: 'a' }
    const changes = await scene.changes(talk)
    matches(
      changes,
      [
        { kind: 'message', message: { id: messageId, recalled: true, text: '', change: 3 } },
        { kind: 'message', message: { recalled: false } },
        { kind: 'session', change: 3, what },
      ],
      'the changes',
    )
    equal((await scene.say(talk, 'b')).seq, 3, 'the next seq')
  }),

  accept('[M23] within the time for it, by the store’s clock', async scene => {
    const [talk, [early, late]] = await told(scene, 2)
    if (!early || !late) throw new Error('nothing was said')
    await scene.under.ageBy(110_000)
    matches(await recall(scene, early), { kind: 'recalled' }, 'within it')
    await scene.under.ageBy(11_000)
    equal(await recall(scene, late), refusal('recall_window_passed'), 'after it')
    matches(await scene.store.message(late.id), { recalled: false, text: 'hello' }, 'the message')
    equal((await scene.session(talk)).lastChange, 3, 'lastChange')
    matches(await recall(scene, early), { kind: 'recalled', change: null }, '[M25] a second time, after it')
    matches(await recall(scene, late, { withinMs: null }), { kind: 'recalled', change: 4 }, '[M24] deleted')
  }),

  accept(
    '[M23] who did not send it may not; who takes no part, or no more, does not know it',
    async scene => {
      const [talk, messages] = await told(scene, 1)
      const message = first(messages)
      await addUsers(scene, 'x')
      equal(await recall(scene, message, { senderId: 'b' }), refusal('forbidden'), 'by another')
      equal(await recall(scene, message, { senderId: 'x' }), refusal('not_found'), 'by a stranger')
      const nothing = { messageId: 'nothing', withinMs: null, byId: null, audit: null }
      for (const senderId of ['a', null])
        equal(await scene.store.recall({ ...nothing, senderId }), refusal('not_found'), 'no message')
      await change(scene, talk, 'a').remove('a')
      equal(await recall(scene, message), refusal('not_found'), 'by a sender who has left')
      matches(await recall(scene, message, { senderId: null }), { kind: 'recalled' }, '[M24] by a key')
    },
  ),

  accept('[M24][M25] anyone’s, in an ended session too; audited once', async scene => {
    const sessionId = await scene.conversation()
    const message = await scene.say(sessionId, 'visitor')
    await scene.end(sessionId, { kind: 'person', id: 'visitor', actingFor: null })
    const audit = by(apiKey)
    const asKey = { senderId: null, withinMs: null, byId: null, audit }
    matches(await recall(scene, message, asKey), { kind: 'recalled', change: 4 }, 'the answer')
    matches(await recall(scene, message, asKey), { kind: 'recalled', change: null }, 'the second answer')
    const rows = (await scene.under.audits()).filter(({ action }) => action === 'message.delete')
    matches(rows, [{ actor: apiKey, targetId: sessionId }], 'the audit')
    matches(
      (await scene.changes(sessionId)).at(-1),
      { what: { kind: 'recalled', messageId: message.id, byId: null } },
      'the last change',
    )
  }),

  accept('[M29][S13] a tombstone is not unread, whichever comes first', async scene => {
    const [talk, messages] = await told(scene, 3)
    const unread = async () => [
      (await scene.session(talk, 'b')).unreadCount,
      (await scene.store.unread('b')).get(talk) ?? 0,
      (await scene.store.userStats('b')).unreadMessages,
    ]
    equal(await unread(), [3, 3, 3], 'at first')
    await recall(scene, first(messages))
    equal(await unread(), [2, 2, 2], 'with a tombstone')
    await scene.read(talk, 'b', 2)
    equal(await unread(), [1, 1, 1], 'read beyond it')
    await recall(scene, messages[1] ?? first(messages))
    equal(await unread(), [1, 1, 1], 'one that was read is recalled')
    await recall(scene, messages[2] ?? first(messages))
    equal(await unread(), [0, 0, 0], 'all are')
    matches(await scene.read(talk, 'b', 3), [{ toSeq: 3 }], 'reading on')
    equal(await unread(), [0, 0, 0], 'then')
    matches(await scene.store.userStats('b'), { totalMessages: 3, receivedMessages: 3 }, 'the figures')
  }),

  accept('[M25][M20] a file goes with the last message that has it', async scene => {
    const [talk, other] = [await group(scene, 'a', 'b'), await group(scene, 'a', 'c')]
    const known = { id: 'f', ownerId: 'a', name: 'a.png', size: 1, mimeType: 'image/png', isPublic: false }
    await scene.under.addFile({ ...known, width: 1, height: 1, durationMs: null, hasThumbnail: false })
    const own = { type: 'file', file: { ...file, url: '/files/f' } } as const
    const [first, second] = [await scene.say(talk, 'a', own), await scene.say(other, 'a', own)]
    const readers = async () => {
      const found = await Promise.all(
        ['a', 'b', 'c'].map(userId =>
          scene.store.readableFile('f', { kind: 'person', userId, isStaff: false }),
        ),
      )
      return ['a', 'b', 'c'].filter((_, n) => found[n] !== null)
    }
    equal(await readers(), ['a', 'b', 'c'], 'who may have it of two messages')
    await recall(scene, first)
    equal(await readers(), ['a', 'c'], 'of the other one')
    await recall(scene, second)
    equal(await readers(), [], 'of none')
    equal(await scene.store.readableFile('f', { kind: 'key' }), null, 'of none, for a key')
  }),

  accept('[M25] recalled ten times at once is one change', async scene => {
    const [talk, messages] = await told(scene, 1)
    const results = await atOnce(
      scene,
      oneTo(10).map(() => store => recall(scene, first(messages), {}, store)),
    )
    ok(
      results.every(({ kind }) => kind === 'recalled'),
      'all are answered with the tombstone',
    )
    const counted = results.filter(result => result.kind === 'recalled' && result.change !== null)
    equal(counted.length, 1, 'the changes that they tell')
    equal((await scene.changes(talk)).length, 2, 'the changes')
  }),

  accept('[M25][S10] recalls among messages, reactions and reading leave no gap', async scene => {
    const [talk, messages] = await told(scene, 20)
    const tasks = messages.flatMap(message => [
      () => recall(scene, message),
      () => scene.append(talk, 'b'),
      () => scene.read(talk, 'b', message.seq),
      () => scene.store.react({ messageId: message.id, userId: 'b', emoji: '❤️' }),
    ])
    await atOnce<unknown>(scene, tasks)
    await scene.changes(talk)
    const after = await scene.messages(talk)
    equal(
      after.map(({ seq }) => seq),
      oneTo(40),
      'the seqs',
    )
    const tombs = after.slice(0, 20)
    ok(
      tombs.every(
        ({ recalled: is, text, reactions }) => is && text === '' && Object.keys(reactions).length === 0,
      ),
      'all are tombstones',
    )
    equal(new Set(after.map(({ change: last }) => last)).size, 40, 'their changes, each another')
    equal((await scene.session(talk, 'b')).unreadCount, 0, 'unread')
  }),
]
