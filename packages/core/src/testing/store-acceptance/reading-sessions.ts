import { equal, matches, ok } from './check.ts'
import { accept, person } from './scene.ts'

export const readingSessions = [
  accept('[S4] a session that waits, whole', async scene => {
    const metadata = { plan: 'pro', deep: { list: [1, 'zwei', null, true] } }
    const more = { userName: 'Vera', subject: 'Prices', metadata, userType: 'visitor' } as const
    const sessionId = await scene.start('vera', more)
    const session = await scene.session(sessionId, 'vera')
    matches(
      session,
      { id: sessionId, siteId: scene.store.siteId, type: 'support', name: null, status: 'waiting' },
      'it',
    )
    const who = { userId: 'vera', userName: 'Vera', userType: 'visitor', participants: ['vera'] }
    matches(session, { ...who, operatorId: null, operator: null, subject: 'Prices' }, 'it')
    equal(session.metadata, metadata, 'the metadata')
    matches(session, { queuePosition: 1, unreadCount: 0, lastMessage: null, lastMessageAt: null }, 'it')
    equal(session.marks, [{ userId: 'vera', deliveredSeq: 0, readSeq: 0 }], 'the marks')
    matches(
      session,
      { lastSeq: 0, lastChange: 0, assignedAt: null, endedAt: null, endedBy: null, endReason: null },
      'it',
    )
    equal(session.waitingSince, session.createdAt, 'waitingSince')
    ok(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(session.createdAt), 'a time with milliseconds, UTC')
  }),

  accept('[S5][S6] a session that is active', async scene => {
    await scene.under.addOperator({ id: 'ann', name: 'Ann' })
    await scene.status('ann', 'online')
    const sessionId = await scene.start('visitor')
    const message = await scene.say(sessionId, 'visitor')
    const session = await scene.session(sessionId)
    matches(session, { status: 'active', operatorId: 'ann', queuePosition: null, unreadCount: null }, 'it')
    equal(session.operator, { id: 'ann', name: 'Ann', avatar: null }, 'the operator')
    equal(session.participants, ['visitor', 'ann'], 'the participants')
    equal(session.lastMessage, message, 'the last message')
    matches(session, { lastMessageAt: message.createdAt, lastSeq: 1, lastChange: 2 }, 'it')
    ok(session.assignedAt !== null && session.assignedAt >= session.createdAt, 'assignedAt')
  }),

  accept('[S7][S6] a session that has ended', async scene => {
    const sessionId = await scene.conversation()
    await scene.done({ kind: 'end', sessionId, reason: 'solved' }, person('ann'))
    const session = await scene.session(sessionId)
    matches(session, { status: 'ended', endedBy: 'ann', endReason: 'solved', operatorId: 'ann' }, 'it')
    equal(session.participants, ['visitor', 'ann'], 'the participants')
    ok(session.endedAt !== null && session.endedAt === session.updatedAt, 'endedAt')
    equal(await scene.store.openSessionOf('visitor'), null, 'the open session')
  }),

  accept('several sessions come in the order asked for, without those that are not there', async scene => {
    const ids = [await scene.start('a'), await scene.start('b'), await scene.start('c')]
    const found = await scene.store.sessions([ids[2] ?? '', 'nothing', ids[0] ?? ''], null)
    equal(
      found.map(({ id }) => id),
      [ids[2], ids[0]],
      'the sessions',
    )
    equal(await scene.store.sessions([], null), [], 'none')
    await scene.say(ids[1] ?? '', 'b')
    const changes = await scene.store.lastChanges([...ids, 'nothing'])
    equal(
      [...changes].sort(),
      [
        [ids[0], 0],
        [ids[1], 1],
        [ids[2], 0],
      ],
      'lastChanges',
    )
  }),

  accept('[I5] the part of a person in a session', async scene => {
    const sessionId = await scene.conversation()
    const part = (userId: string) => scene.store.part(sessionId, userId)
    equal(
      await part('visitor'),
      { userId: 'visitor', role: 'visitor', visibleAfterSeq: 0, left: false },
      'visitor',
    )
    equal(await part('ann'), { userId: 'ann', role: 'operator', visibleAfterSeq: 0, left: false }, 'operator')
    await scene.operator('bob')
    await scene.assign(sessionId, 'bob')
    matches(await part('ann'), { left: true }, 'the operator before')
    await scene.assign(sessionId, 'ann')
    matches([await part('ann'), await part('bob')], [{ left: false }, { left: true }], 'after coming back')
    equal([await part('stranger'), await scene.store.part('nothing', 'visitor')], [null, null], 'no part')
  }),

  accept('[S2] the open session of a person', async scene => {
    const sessionId = await scene.start('a')
    equal(await scene.store.openSessionOf('a'), sessionId, 'while it waits')
    equal(await scene.store.openSessionOf('b'), null, 'of another')
    await scene.end(sessionId)
    equal(await scene.store.openSessionOf('a'), null, 'when it has ended')
  }),

  accept('a person’s sessions, the latest message or start first', async scene => {
    const first = await scene.start('a')
    await scene.say(first, 'a')
    await scene.end(first)
    await scene.under.ageBy(10_000)
    const talk = await scene.talk('private', 'a', 'b')
    await scene.under.ageBy(10_000)
    const third = await scene.start('a')
    const ids = async (limit: number, skip: number) =>
      (await scene.store.sessionsOf({ userId: 'a', knownTo: null }, limit, skip)).map(({ id }) => id)
    equal(await ids(9, 0), [third, talk, first], 'by start')
    await scene.under.ageBy(10_000)
    await scene.say(talk, 'b')
    equal(await ids(9, 0), [talk, third, first], 'with a new message')
    equal([await ids(1, 0), await ids(2, 1), await ids(9, 3)], [[talk], [third, first], []], 'in pieces')
    matches(
      await scene.store.sessionsOf({ userId: 'a', knownTo: null }, 1, 0),
      [{ unreadCount: 1 }],
      'with the person’s unread',
    )
    await scene.operator('ann')
    equal(
      (await scene.store.sessionsOf({ userId: 'ann', knownTo: null }, 9, 0)).map(({ id }) => id),
      [third],
      'an operator’s',
    )
    await scene.done({ kind: 'requeue', sessionId: third })
    equal(await scene.store.sessionsOf({ userId: 'ann', knownTo: null }, 9, 0), [], 'not those it has left')
  }),

  accept('[M18] who joined later does not see the last message before', async scene => {
    for (const id of ['a', 'late']) await scene.under.addPerson({ id, role: 'user' })
    const parts = [{ userId: 'a' }, { userId: 'late', visibleAfterSeq: 1 }]
    await scene.under.addTalk({ id: 'talk', type: 'group', name: 'All of us', parts })
    const message = await scene.say('talk', 'a')
    matches(
      await scene.session('talk', 'late'),
      { name: 'All of us', type: 'group', lastMessage: null },
      'to it',
    )
    equal((await scene.session('talk', 'a')).lastMessage, message, 'to the other')
  }),
]
