import { equal, matches } from './check.ts'
import { accept, person } from './scene.ts'

const file = {
  url: '/files/a.png',
  name: 'a.png',
  size: 12,
  mimeType: 'image/png',
  width: 3,
  height: 4,
  durationMs: null,
  thumbnailUrl: null,
}

export const appending = [
  accept('[M1][M2][M5] stores a message as typed, with the next seq and change', async scene => {
    const sessionId = await scene.conversation()
    const text = '  <b>“Grüße” 你好 👋🏽\n\t</b> '
    const message = await scene.say(sessionId, 'visitor', { text })
    matches(
      message,
      { sessionId, seq: 1, change: 2, senderId: 'visitor', senderType: 'user', text, type: 'text' },
      'it',
    )
    const plain = { receiverId: null, file: null, replyTo: null, forwardedFrom: null, clientMessageId: null }
    matches(
      message,
      { ...plain, reactions: {}, recalled: false, readBy: [], readByCount: 0, status: 'sent' },
      'it',
    )
    equal(message.updatedAt, message.createdAt, 'updatedAt')
    equal(await scene.store.message(message.id), message, 'the message as it is read')
    matches(
      await scene.say(sessionId, 'ann', { senderType: 'operator' }),
      { seq: 2, change: 3 },
      'the next one',
    )
  }),

  accept('[M2] keeps all that a message may have', async scene => {
    const sessionId = await scene.conversation()
    const first = await scene.say(sessionId, 'visitor')
    const all = {
      text: '',
      type: 'image',
      file,
      clientMessageId: 'c-1',
      receiverId: 'ann',
      replyTo: first.id,
      forwardedFrom: first.id,
    } as const
    const message = await scene.say(sessionId, 'visitor', all)
    matches(message, all, 'the message')
    equal(await scene.messages(sessionId), [first, message], 'the messages')
  }),

  accept('[M3] the same clientMessageId again answers with the first, stores nothing', async scene => {
    const sessionId = await scene.conversation()
    const message = await scene.say(sessionId, 'visitor', { clientMessageId: 'once', text: 'first' })
    const again = () => scene.append(sessionId, 'visitor', { clientMessageId: 'once', text: 'second' })
    equal(await again(), { kind: 'duplicate', message }, 'the answer')
    await scene.end(sessionId)
    matches(await again(), { kind: 'duplicate', message: { id: message.id } }, 'the answer after the end')
    equal((await scene.messages(sessionId)).length, 1, 'the number of messages')
  }),

  accept('[M3] also for an operator who has left', async scene => {
    const sessionId = await scene.conversation()
    const message = await scene.say(sessionId, 'ann', { clientMessageId: 'once' })
    await scene.done({ kind: 'requeue', sessionId })
    const again = await scene.append(sessionId, 'ann', { clientMessageId: 'once' })
    matches(again, { kind: 'duplicate', message: { id: message.id } }, 'the answer')
  }),

  accept(
    '[M4] a clientMessageId of another session is a conflict; of another sender it is not',
    async scene => {
      const sessionId = await scene.conversation()
      const other = await scene.start('somebody')
      await scene.say(sessionId, 'ann', { clientMessageId: 'c', senderType: 'operator' })
      equal(
        await scene.append(other, 'ann', { clientMessageId: 'c', senderType: 'operator' }),
        { kind: 'refused', code: 'conflict' },
        'the answer in another session',
      )
      matches(await scene.say(sessionId, 'visitor', { clientMessageId: 'c' }), { seq: 2 }, 'another sender’s')
      equal((await scene.session(other)).lastSeq, 0, 'lastSeq of the other session')
    },
  ),

  accept('[S9] an ended session takes none, and no number is lost', async scene => {
    const sessionId = await scene.conversation()
    await scene.say(sessionId, 'visitor')
    await scene.end(sessionId)
    const refused = { kind: 'refused', code: 'session_ended' }
    equal(await scene.append(sessionId, 'visitor', { clientMessageId: 'c' }), refused, 'the answer')
    equal(await scene.append(sessionId, 'bot', { mustTakePart: false }), refused, 'the answer to a key')
    matches(await scene.session(sessionId), { lastSeq: 1, lastChange: 3 }, 'the session')
    await scene.changes(sessionId)
  }),

  accept('[M4] what was refused has claimed nothing', async scene => {
    const sessionId = await scene.conversation()
    await scene.end(sessionId)
    await scene.append(sessionId, 'visitor', { clientMessageId: 'c' })
    const next = await scene.start('visitor')
    matches(
      await scene.say(next, 'visitor', { clientMessageId: 'c' }),
      { seq: 1 },
      'the message in the next session',
    )
  }),

  accept('[M9] who takes no part, or no more, finds nothing; keys and automatic senders may', async scene => {
    const sessionId = await scene.conversation()
    await scene.operator('bob')
    await scene.assign(sessionId, 'bob')
    const refused = { kind: 'refused', code: 'not_found' }
    equal(await scene.append(sessionId, 'stranger'), refused, 'the answer to a stranger')
    equal(await scene.append(sessionId, 'ann'), refused, 'the answer to the operator before')
    equal(await scene.append('nothing', 'visitor'), refused, 'the answer without a session')
    equal(await scene.append('nothing', 'bot', { mustTakePart: false }), refused, 'the same for a key')
    matches(
      await scene.append(sessionId, 'bot', { mustTakePart: false }),
      { kind: 'stored' },
      'the answer to a key',
    )
  }),

  accept(
    '[M17][M18] pages are newest first and oldest first within; before and after are the nearest',
    async scene => {
      const sessionId = await scene.conversation()
      for (let n = 0; n < 7; n++) await scene.say(sessionId, 'visitor', { text: String(n + 1) })
      const seqs = async (range: Parameters<typeof scene.store.messages>[1], visibleAfter = 0) => {
        const { items, total } = await scene.store.messages(sessionId, range, visibleAfter)
        return [items.map(({ seq }) => seq), total]
      }
      equal(await seqs({ kind: 'page', page: 1, limit: 3 }), [[5, 6, 7], 7], 'page 1')
      equal(await seqs({ kind: 'page', page: 3, limit: 3 }), [[1], 7], 'page 3')
      equal(await seqs({ kind: 'page', page: 4, limit: 3 }), [[], 7], 'page 4')
      equal(await seqs({ kind: 'before', seq: 5, limit: 2 }), [[3, 4], 7], 'before 5')
      equal(await seqs({ kind: 'before', seq: 100, limit: 2 }), [[6, 7], 7], 'before 100')
      equal(await seqs({ kind: 'after', seq: 5, limit: 5 }), [[6, 7], 7], 'after 5')
      equal(await seqs({ kind: 'after', seq: 0, limit: 2 }), [[1, 2], 7], 'after 0')
      equal(await seqs({ kind: 'page', page: 1, limit: 9 }, 4), [[5, 6, 7], 3], 'what is visible after 4')
      equal(await seqs({ kind: 'before', seq: 6, limit: 9 }, 4), [[5], 3], 'visible after 4, before 6')
      equal(await seqs({ kind: 'after', seq: 1, limit: 1 }, 4), [[5], 3], 'visible after 4, after 1')
      equal(
        await scene.store.messages('nothing', { kind: 'page', page: 1, limit: 3 }, 0),
        { items: [], total: 0 },
        'none',
      )
      equal(await scene.store.message('nothing'), null, 'a message that is not there')
    },
  ),

  accept('[S10] changes are told in order, messages and others, from anywhere', async scene => {
    const sessionId = await scene.conversation()
    const first = await scene.say(sessionId, 'visitor')
    await scene.operator('bob')
    await scene.assign(sessionId, 'bob')
    const second = await scene.say(sessionId, 'bob', { senderType: 'operator' })
    await scene.done({ kind: 'end', sessionId, reason: 'solved' }, person('bob'))
    const assigned = (operatorId: string, previousOperatorId: string | null) => ({
      kind: 'assigned',
      operatorId,
      previousOperatorId,
    })
    matches(
      await scene.changes(sessionId),
      [
        { kind: 'session', what: assigned('ann', null) },
        { kind: 'message', message: { id: first.id } },
        { kind: 'session', what: assigned('bob', 'ann') },
        { kind: 'message', message: { id: second.id } },
        { kind: 'session', what: { kind: 'ended', endedBy: 'bob', reason: 'solved' } },
      ],
      'the changes',
    )
    const page = await scene.store.changesSince(sessionId, 1, 2)
    equal(
      page.map(({ change }) => change),
      [2, 3],
      'two after the first',
    )
    equal(await scene.store.changesSince(sessionId, 5, 9), [], 'after the last')
    equal(await scene.store.changesSince('nothing', 0, 9), [], 'of no session')
  }),

  accept('[M2][M18] messages changed since', async scene => {
    const sessionId = await scene.conversation()
    for (let n = 0; n < 4; n++) await scene.say(sessionId, 'visitor')
    const changed = async (change: number, visibleAfter: number, limit: number) =>
      (await scene.store.messagesChangedSince(sessionId, change, visibleAfter, limit)).map(({ seq }) => seq)
    equal(await changed(0, 0, 9), [1, 2, 3, 4], 'all')
    equal(await changed(3, 0, 9), [3, 4], 'after change 3')
    equal(await changed(0, 2, 1), [3], 'one that is visible after 2')
    equal(await changed(5, 0, 9), [], 'after the last')
  }),
]
