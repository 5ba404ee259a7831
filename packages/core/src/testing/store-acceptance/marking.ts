import { equal, matches } from './check.ts'
import { accept, type Scene } from './scene.ts'

const markOf = async (scene: Scene, sessionId: string, userId: string) => {
  const { marks } = await scene.session(sessionId)
  const mark = marks.find(one => one.userId === userId)
  return mark && [mark.deliveredSeq, mark.readSeq]
}
const statuses = async (scene: Scene, sessionId: string) =>
  (await scene.messages(sessionId)).map(({ status }) => status)

export const marking = [
  accept('[M12] who sends has received and read everything before', async scene => {
    const sessionId = await scene.conversation()
    await scene.say(sessionId, 'visitor')
    await scene.say(sessionId, 'visitor')
    await scene.say(sessionId, 'ann', { senderType: 'operator' })
    equal(await markOf(scene, sessionId, 'ann'), [3, 3], 'the operator’s mark')
    equal(await markOf(scene, sessionId, 'visitor'), [2, 2], 'the visitor’s mark')
    equal(await statuses(scene, sessionId), ['read', 'read', 'sent'], 'the statuses')
    const [first] = await scene.messages(sessionId)
    matches(first, { readByCount: 1, readBy: [{ userId: 'ann' }] }, 'the first message')
  }),

  accept('[M13] delivered runs join without a hole, and marks never go back', async scene => {
    const sessionId = await scene.conversation()
    for (let n = 0; n < 9; n++) await scene.say(sessionId, 'visitor')
    equal(await scene.delivered(sessionId, 'ann', 2, 4), [], 'behind a hole')
    matches(
      await scene.delivered(sessionId, 'ann', 1, 3),
      [{ kind: 'delivered', fromSeq: 1, toSeq: 3 }],
      'from 1',
    )
    equal(await scene.delivered(sessionId, 'ann', 5, 6), [], 'behind a hole again')
    matches(await scene.delivered(sessionId, 'ann', 2, 5), [{ fromSeq: 4, toSeq: 5 }], 'overlapping')
    equal(await scene.delivered(sessionId, 'ann', 1, 4), [], 'going back')
    matches(await scene.delivered(sessionId, 'ann', 6, 100), [{ fromSeq: 6, toSeq: 9 }], 'beyond the end')
    equal(await markOf(scene, sessionId, 'ann'), [9, 0], 'the mark')
  }),

  accept('[M13] reading includes everything before, and receiving', async scene => {
    const sessionId = await scene.conversation()
    for (let n = 0; n < 5; n++) await scene.say(sessionId, 'visitor')
    matches(await scene.read(sessionId, 'ann', 3), [{ kind: 'read', fromSeq: 1, toSeq: 3 }], 'reading 3')
    equal(await markOf(scene, sessionId, 'ann'), [3, 3], 'the mark')
    equal(await scene.read(sessionId, 'ann', 2), [], 'reading 2')
    matches(await scene.read(sessionId, 'ann', 99), [{ fromSeq: 4, toSeq: 5 }], 'reading beyond the end')
    equal(await scene.read(sessionId, 'ann', 5), [], 'reading again')
  }),

  accept('[M13] several marks in one call, and at once', async scene => {
    const sessionId = await scene.conversation()
    for (let n = 0; n < 8; n++) await scene.say(sessionId, 'visitor')
    const delivered = (from: number, to: number) =>
      ({ sessionId, userId: 'ann', kind: 'delivered', from, to }) as const
    matches(
      await scene.store.mark([delivered(1, 2), delivered(3, 4)]),
      [{ toSeq: 2 }, { fromSeq: 3, toSeq: 4 }],
      'two',
    )
    await Promise.all([5, 6, 7, 8].map(seq => scene.read(sessionId, 'ann', seq)))
    equal(await markOf(scene, sessionId, 'ann'), [8, 8], 'the mark')
    equal(await scene.store.mark([]), [], 'no marks')
  }),

  accept('[M13] nobody marks who takes no part', async scene => {
    const sessionId = await scene.conversation()
    await scene.say(sessionId, 'visitor')
    await scene.operator('bob')
    await scene.assign(sessionId, 'bob')
    equal(await scene.read(sessionId, 'ann', 1), [], 'by who has left')
    equal(await scene.read(sessionId, 'stranger', 1), [], 'by a stranger')
    equal(await scene.read('nothing', 'visitor', 1), [], 'in no session')
    equal(await statuses(scene, sessionId), ['sent'], 'the statuses')
  }),

  accept('[M14] sent, delivered, read; the sender hears of the newest', async scene => {
    const sessionId = await scene.conversation()
    const messages = [await scene.say(sessionId, 'visitor'), await scene.say(sessionId, 'visitor')]
    const senders = (seq: number, status: string) => [
      { senderId: 'visitor', messageId: messages[seq - 1]?.id, seq, status },
    ]
    const [delivered] = await scene.delivered(sessionId, 'ann', 1, 2)
    equal(delivered?.senders, senders(2, 'delivered'), 'told of the delivery')
    equal(await statuses(scene, sessionId), ['delivered', 'delivered'], 'the statuses')
    const [read] = await scene.read(sessionId, 'ann', 1)
    equal(read?.senders, senders(1, 'read'), 'told of the reading')
    equal(await statuses(scene, sessionId), ['read', 'delivered'], 'the statuses')
    const [message] = await scene.messages(sessionId)
    equal(message?.readBy, [{ userId: 'ann', at: read?.at }], 'readBy')
  }),

  accept('[M14] without others a message is sent', async scene => {
    const sessionId = await scene.start('alone')
    await scene.say(sessionId, 'alone')
    equal(await statuses(scene, sessionId), ['sent'], 'the statuses')
  }),

  accept('[M14][M16] of several the least counts; all who have read are named in order', async scene => {
    const talk = await scene.talk('group', 'a', 'b', 'c')
    for (const sender of ['a', 'b', 'a']) await scene.say(talk, sender)
    matches(await scene.read(talk, 'b', 3), [{ senders: [] }], 'nobody hears while one has nothing')
    equal(await statuses(scene, talk), ['sent', 'sent', 'sent'], 'the statuses')
    const [delivered] = await scene.delivered(talk, 'c', 1, 2)
    const heard = (delivered?.senders ?? [])
      .map(({ senderId, seq, status }) => `${senderId} ${seq} ${status}`)
      .sort()
    equal(heard, ['a 1 delivered', 'b 2 delivered'], 'who hears of the delivery')
    await scene.under.ageBy(2000)
    const [read] = await scene.read(talk, 'c', 3)
    const told = (read?.senders ?? [])
      .map(({ senderId, seq, status }) => `${senderId} ${seq} ${status}`)
      .sort()
    equal(told, ['a 3 read', 'b 2 read'], 'who hears of the reading')
    const [first] = await scene.messages(talk)
    equal(
      first?.readBy.map(({ userId }) => userId),
      ['b', 'c'],
      'readBy',
    )
    equal(first?.readByCount, 2, 'readByCount')
  }),

  accept('[M14][M15] what one operator has read stays read; the next goes on from there', async scene => {
    const sessionId = await scene.conversation()
    await scene.say(sessionId, 'visitor')
    await scene.say(sessionId, 'visitor')
    await scene.read(sessionId, 'ann', 1)
    await scene.delivered(sessionId, 'ann', 2, 2)
    await scene.done({ kind: 'requeue', sessionId })
    equal(await statuses(scene, sessionId), ['read', 'delivered'], 'the statuses while it waits')
    await scene.operator('bob')
    equal(await markOf(scene, sessionId, 'bob'), [2, 1], 'the next operator’s mark')
    equal(await statuses(scene, sessionId), ['read', 'delivered'], 'the statuses with the next operator')
    equal((await scene.session(sessionId, 'bob')).unreadCount, 1, 'the next operator’s unread')
    await scene.read(sessionId, 'bob', 2)
    const [first, second] = await scene.messages(sessionId)
    equal(second?.status, 'read', 'the status of the second')
    equal(first?.readBy.map(({ userId }) => userId).sort(), ['ann', 'bob'], 'readBy of the first')
  }),

  accept('[M14] an operator’s own side does not hold back its message', async scene => {
    const sessionId = await scene.conversation()
    await scene.operator('bob')
    await scene.assign(sessionId, 'bob')
    await scene.say(sessionId, 'bob', { senderType: 'operator' })
    await scene.read(sessionId, 'visitor', 1)
    equal(await statuses(scene, sessionId), ['read'], 'the statuses')
  }),

  accept('[S13][M18] unread counts what others wrote and the reader may see', async scene => {
    const sessionId = await scene.conversation()
    await scene.say(sessionId, 'visitor')
    await scene.say(sessionId, 'ann', { senderType: 'operator' })
    await scene.say(sessionId, 'visitor')
    await scene.say(sessionId, 'bot', { mustTakePart: false, senderType: 'system' })
    const unread = async (reader: string | null) => (await scene.session(sessionId, reader)).unreadCount
    equal([await unread('ann'), await unread('visitor')], [2, 1], 'of the two')
    equal([await unread('stranger'), await unread(null)], [null, null], 'of who takes no part')
    await scene.read(sessionId, 'ann', 4)
    equal(await unread('ann'), 0, 'after reading')
  }),

  accept('[M18] who joined later begins there', async scene => {
    await scene.under.addPerson({ id: 'a', role: 'user' })
    await scene.under.addPerson({ id: 'late', role: 'user' })
    const parts = [{ userId: 'a' }, { userId: 'late', visibleAfterSeq: 2 }]
    await scene.under.addTalk({ id: 'talk', type: 'group', parts })
    for (let n = 0; n < 3; n++) await scene.say('talk', 'a')
    const session = await scene.session('talk', 'late')
    equal(session.unreadCount, 1, 'unread')
    equal(await markOf(scene, 'talk', 'late'), [2, 2], 'the mark to begin with')
    matches(await scene.delivered('talk', 'late', 3, 3), [{ fromSeq: 3, toSeq: 3 }], 'the delivery')
    equal(await statuses(scene, 'talk'), ['sent', 'sent', 'delivered'], 'the statuses')
  }),
]
