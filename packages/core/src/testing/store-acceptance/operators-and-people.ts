import { equal, matches, ok } from './check.ts'
import { accept } from './scene.ts'

export const operatorsAndPeople = [
  accept('[O1] people and operators as they are', async scene => {
    await scene.under.addPerson({ id: 'u', role: 'user', name: 'Uma' })
    await scene.under.addPerson({ id: 'gone', role: 'user', isActive: false })
    const person = { id: 'u', role: 'user', name: 'Uma', avatar: null, isActive: true }
    equal(await scene.store.person('u'), person, 'a person')
    matches(await scene.store.person('gone'), { isActive: false, name: null }, 'an inactive one')
    equal(await scene.store.person('nobody'), null, 'no person')
    await scene.under.addOperator({ id: 'zoe', name: 'Zoe', maxUsers: 3 })
    await scene.under.addOperator({ id: 'ann' })
    const counts = { maxUsers: 3, activeUsers: [], activeSessions: 0, lastAssignedAt: null }
    const zoe = {
      id: 'zoe',
      name: 'Zoe',
      avatar: null,
      status: 'offline',
      isOnline: false,
      isActive: true,
      ...counts,
    }
    equal(await scene.store.operator('zoe'), zoe, 'a new operator')
    matches(await scene.store.operators(), [zoe, { id: 'ann', maxUsers: 2 }], 'all, in the order of joining')
    equal(await scene.store.operator('u'), null, 'no operator')
    matches(await scene.store.person('zoe'), { role: 'operator', name: 'Zoe' }, 'the person')
  }),

  accept('[O2] what an operator holds, oldest first', async scene => {
    await scene.operator('ann', 3)
    const first = await scene.start('c')
    await scene.under.ageBy(1000)
    await scene.start('a')
    await scene.under.ageBy(1000)
    await scene.start('b')
    const ann = await scene.store.operator('ann')
    matches(ann, { activeUsers: ['c', 'a', 'b'], activeSessions: 3, status: 'online', isOnline: true }, 'ann')
    ok(ann?.lastAssignedAt !== null, 'lastAssignedAt')
    await scene.end(first)
    matches(
      await scene.store.operator('ann'),
      { activeUsers: ['a', 'b'], activeSessions: 2 },
      'ann after an end',
    )
  }),

  accept('[O3][A11] offline gives back at once, to the head of the queue', async scene => {
    await scene.operator('ann', 2)
    const ids = [await scene.start('a'), await scene.start('b'), await scene.start('c')]
    await scene.status('ann', 'busy')
    equal(await scene.holders(ids), ['ann', 'ann', 'waiting'], 'while busy')
    matches(await scene.status('ann', 'offline'), { operators: ['ann'] }, 'the outcome')
    equal(await scene.store.queue(9), ids, 'the queue')
    matches(await scene.session(ids[0] ?? ''), { participants: ['a'], operatorId: null }, 'the first')
    await scene.status('ann', 'online')
    equal(await scene.holders(ids), ['ann', 'ann', 'waiting'], 'back online')
  }),

  accept('[O4] a first connection brings back what was chosen', async scene => {
    const connected = (operatorId: string) => scene.done({ kind: 'connected', operatorId })
    const statusOf = async (id: string) => (await scene.store.operator(id))?.status
    await scene.under.addOperator({ id: 'ann' })
    await connected('ann')
    equal(await statusOf('ann'), 'offline', 'without a connection')
    const [connection] = await scene.connect('node', 'ann')
    await connected('ann')
    equal(await statusOf('ann'), 'online', 'a new one')
    await scene.status('ann', 'busy')
    equal(await scene.disconnect('node', connection ?? ''), ['ann'], 'who is gone')
    await scene.done({ kind: 'gone', operatorId: 'ann' })
    equal(await statusOf('ann'), 'offline', 'after the grace')
    await scene.connect('node', 'ann')
    await connected('ann')
    equal(await statusOf('ann'), 'busy', 'what it chose')
    await scene.status('ann', 'offline')
    await connected('ann')
    equal(await statusOf('ann'), 'offline', 'it chose to be offline')
    matches(await connected('no operator'), { operators: [] }, 'somebody else')
  }),

  accept('[O5] the grace counts only for one who has not come back', async scene => {
    const sessionId = await scene.conversation()
    await scene.connect('node', 'ann')
    matches(
      await scene.done({ kind: 'gone', operatorId: 'ann' }),
      { operators: [], changes: [] },
      'while connected',
    )
    await scene.store.leave('node', 0)
    await scene.done({ kind: 'gone', operatorId: 'ann' })
    equal(await scene.holder(sessionId), 'waiting', 'who holds the session')
  }),

  accept('[O7] an inactive operator has nothing and gets nothing', async scene => {
    const sessionId = await scene.conversation()
    const active = (isActive: boolean) =>
      ({ kind: 'limit', operatorId: 'ann', maxUsers: null, isActive }) as const
    await scene.done(active(false))
    matches(
      await scene.store.operator('ann'),
      { status: 'offline', isActive: false, activeSessions: 0 },
      'ann',
    )
    equal(await scene.holder(sessionId), 'waiting', 'who holds the session')
    await scene.refused({ kind: 'status', operatorId: 'ann', status: 'online' }, 'conflict')
    await scene.done(active(true))
    await scene.status('ann', 'online')
    equal(await scene.holder(sessionId), 'ann', 'who holds it then')
    await scene.refused({ kind: 'status', operatorId: 'nobody', status: 'online' }, 'not_found')
  }),

  accept('[I7] a visitor’s open session becomes the user’s, with marks and messages', async scene => {
    await scene.under.addPerson({ id: 'v', role: 'visitor' })
    await scene.under.addPerson({ id: 'u', role: 'user' })
    await scene.operator('ann')
    const sessionId = await scene.start('v', { userType: 'visitor', userName: 'Visitor' })
    await scene.say(sessionId, 'v', { clientMessageId: 'c' })
    await scene.say(sessionId, 'ann', { senderType: 'operator' })
    await scene.read(sessionId, 'v', 2)
    await scene.done({ kind: 'identify', visitorId: 'v', userId: 'u', name: 'Uma' })
    const session = await scene.session(sessionId, 'u')
    matches(
      session,
      { userId: 'u', userName: 'Uma', userType: 'user', status: 'active', unreadCount: 0 },
      'the session',
    )
    equal([...session.participants].sort(), ['ann', 'u'], 'the participants')
    equal(
      (await scene.messages(sessionId)).map(({ senderId }) => senderId),
      ['u', 'ann'],
      'the senders',
    )
    equal(
      [await scene.store.openSessionOf('u'), await scene.store.openSessionOf('v')],
      [sessionId, null],
      'open',
    )
    matches(await scene.store.part(sessionId, 'v'), { left: true }, 'the visitor’s part')
    matches(
      await scene.append(sessionId, 'u', { clientMessageId: 'c' }),
      { kind: 'duplicate' },
      'a retry by the user',
    )
    const last = (await scene.changes(sessionId)).at(-1)
    matches(last, { what: { kind: 'participants', added: ['u'], removed: ['v'] } }, 'the last change')
  }),

  accept('[I9][M2] the change touches all that the visitor wrote, and nothing else', async scene => {
    await scene.under.addPerson({ id: 'v', role: 'visitor' })
    await scene.under.addPerson({ id: 'u', role: 'user' })
    await scene.operator('ann')
    const sessionId = await scene.start('v', { userType: 'visitor' })
    for (const senderId of ['v', 'ann', 'v', 'v']) await scene.say(sessionId, senderId)
    const before = (await scene.changes(sessionId)).length
    await scene.done({ kind: 'identify', visitorId: 'v', userId: 'u', name: null })
    const change = before + 1
    const messages = await scene.messages(sessionId)
    equal(
      messages.map(one => [one.senderId, one.change === change]),
      [
        ['u', true],
        ['ann', false],
        ['u', true],
        ['u', true],
      ],
      'the messages',
    )
    const seqs = async (from: number, limit: number) =>
      (await scene.store.messagesChangedSince(sessionId, from, 0, limit)).map(({ seq }) => seq)
    equal(await seqs(before, 9), [1, 3, 4], 'what is changed since')
    equal(await seqs(before, 1), [1, 3, 4], 'what one change touched is not parted')
    equal(await seqs(0, 2), [2, 1, 3, 4], 'nor behind another')
    equal(await seqs(0, 1), [2], 'and the limit holds before it')
    const last = (await scene.changes(sessionId)).at(-1)
    matches(last, { what: { identified: { visitorId: 'v', userId: 'u' } } }, 'the change')
  }),

  accept('[I7] the user’s own open session stays, the visitor’s ends', async scene => {
    await scene.under.addPerson({ id: 'v', role: 'visitor' })
    await scene.under.addPerson({ id: 'u', role: 'user' })
    const [own, other] = [await scene.start('u'), await scene.start('v')]
    await scene.say(own, 'u', { clientMessageId: 'same' })
    await scene.say(other, 'v', { clientMessageId: 'same' })
    matches(
      await scene.done({ kind: 'identify', visitorId: 'v', userId: 'u', name: null }),
      { sessionId: own },
      'it',
    )
    matches(await scene.session(own), { status: 'waiting', userId: 'u' }, 'the user’s')
    matches(
      await scene.session(other),
      { status: 'ended', endReason: 'merged', userId: 'u' },
      'the visitor’s',
    )
    matches(await scene.messages(other), [{ senderId: 'u', clientMessageId: null }], 'its message')
    await scene.changes(other)
    await scene.refused({ kind: 'end', sessionId: 'nothing', reason: null }, 'not_found')
  }),

  accept('[I8] only a visitor’s session moves, and only to a user', async scene => {
    await scene.under.addPerson({ id: 'a', role: 'user' })
    await scene.under.addPerson({ id: 'b', role: 'user' })
    await scene.start('a')
    await scene.refused({ kind: 'identify', visitorId: 'a', userId: 'b', name: null }, 'forbidden')
    await scene.under.addPerson({ id: 'v', role: 'visitor' })
    matches(
      await scene.done({ kind: 'identify', visitorId: 'v', userId: 'b', name: null }),
      { changes: [] },
      'no session',
    )
  }),
]
