import { equal, matches, oneTo } from './check.ts'
import { accept, person } from './scene.ts'

export const assigning = [
  accept(
    '[S4][A3] a start is assigned at once where there is room, and tells all it changed',
    async scene => {
      await scene.operator('ann', 1)
      const start = scene.startOf('a')
      const { sessionId } = start
      equal(
        await scene.done(start, person('a')),
        {
          kind: 'done',
          sessionId,
          created: true,
          changes: [
            { sessionId, change: 1, what: { kind: 'assigned', operatorId: 'ann', previousOperatorId: null } },
          ],
          operators: ['ann'],
          touched: [sessionId],
        },
        'the outcome',
      )
      matches(await scene.store.operator('ann'), { activeSessions: 1, activeUsers: ['a'] }, 'the operator')
      matches(
        await scene.changes(sessionId),
        [{ kind: 'session', what: { kind: 'assigned' } }],
        'the changes',
      )
    },
  ),

  accept('[S2][S3] the open session answers a second start', async scene => {
    const sessionId = await scene.start('a', { subject: 'first' })
    const outcome = await scene.done(scene.startOf('a', { subject: 'second' }))
    matches(outcome, { sessionId, created: false, changes: [], touched: [] }, 'the outcome')
    equal((await scene.session(sessionId)).subject, 'first', 'the subject')
  }),

  accept('[S1][S11] makes an unknown customer, keeps a known one, and takes nobody else', async scene => {
    await scene.start('new', { userType: 'visitor', userName: 'Nele' })
    matches(
      await scene.store.person('new'),
      { role: 'visitor', name: 'Nele', isActive: true },
      'the new person',
    )
    await scene.under.addPerson({ id: 'known', role: 'user', name: 'Kim' })
    await scene.start('known', { userType: 'visitor', userName: 'Other' })
    matches(await scene.store.person('known'), { role: 'user', name: 'Kim' }, 'the known person')
    await scene.under.addPerson({ id: 'nurse', role: 'nurse' })
    await scene.refused(scene.startOf('nurse'), 'validation_failed')
  }),

  accept('[A12][A18] a named operator takes it, or nothing is made', async scene => {
    await scene.operator('ann', 0)
    await scene.operator('bob', 2, 'busy')
    await scene.operator('cem')
    await scene.refused(scene.startOf('a', { operatorId: 'nobody' }), 'not_found')
    await scene.refused(scene.startOf('a', { operatorId: 'bob' }), 'no_operator_available')
    await scene.refused(scene.startOf('a', { operatorId: 'ann' }), 'operator_at_capacity')
    equal(await scene.store.openSessionOf('a'), null, 'the open session')
    equal(await scene.holder(await scene.start('a', { operatorId: 'cem' })), 'cem', 'who holds it')
  }),

  accept('[A4][A16] what becomes free goes to the longest waiting, one after the other', async scene => {
    await scene.operator('ann', 1)
    const ids: string[] = []
    for (const n of oneTo(12)) ids.push(await scene.start(`u${n}`))
    for (const [place, sessionId] of ids.entries()) {
      equal(await scene.holder(sessionId), 'ann', `who holds number ${place + 1}`)
      equal(await scene.store.queue(20), ids.slice(place + 1), 'the queue')
      await scene.end(sessionId)
    }
  }),

  accept(
    '[A16][O6] a higher limit takes as many as fit, a lower one than the load is refused',
    async scene => {
      await scene.operator('ann', 0)
      const ids: string[] = []
      for (const n of oneTo(15)) ids.push(await scene.start(`u${n}`))
      const limit = (maxUsers: number) =>
        ({ kind: 'limit', operatorId: 'ann', maxUsers, isActive: null }) as const
      matches(await scene.done(limit(10)), { operators: ['ann'] }, 'the outcome')
      equal(await scene.store.queue(20), ids.slice(10), 'the queue')
      await scene.refused(limit(9), 'conflict')
      matches(await scene.store.operator('ann'), { maxUsers: 10, activeSessions: 10 }, 'the operator')
      await scene.refused({ ...limit(1), operatorId: 'nobody' }, 'not_found')
    },
  ),

  accept(
    '[A10][A5] one that was handed back goes first, but not to the same operator by itself',
    async scene => {
      await scene.operator('ann', 2)
      const ids: string[] = []
      for (const n of oneTo(5)) ids.push(await scene.start(`u${n}`))
      const [s1, s2, s3, s4, s5] = ids as [string, string, string, string, string]
      await scene.done({ kind: 'requeue', sessionId: s1 })
      equal(await scene.store.queue(9), [s1, s4, s5], 'the queue after the first')
      await scene.done({ kind: 'requeue', sessionId: s2 })
      equal(await scene.store.queue(9), [s1, s2, s5], 'the queue after the second')
      equal(await scene.holders([s3, s4]), ['ann', 'ann'], 'who holds the next ones')
      await scene.end(s3)
      equal(await scene.store.queue(9), [s1, s2], 'those that ann handed back')
      await scene.operator('bob', 1)
      equal(await scene.holders([s1, s2]), ['bob', 'waiting'], 'with another operator')
      await scene.end(s4)
      await scene.assign(s2, 'ann')
      equal(await scene.holder(s2), 'ann', 'by hand')
    },
  ),

  accept('[A13][A14] transfers', async scene => {
    await scene.operator('ann', 1)
    const sessionId = await scene.start('a')
    const next = await scene.start('b')
    await scene.refused(
      { kind: 'assign', sessionId, operatorId: null, strategy: null },
      'no_operator_available',
    )
    await scene.operator('bob', 1, 'busy')
    await scene.refused(
      { kind: 'assign', sessionId, operatorId: 'bob', strategy: null },
      'no_operator_available',
    )
    await scene.done({ kind: 'limit', operatorId: 'bob', maxUsers: 2, isActive: null })
    await scene.status('bob', 'online')
    equal(await scene.holders([sessionId, next]), ['ann', 'bob'], 'who holds them')
    matches(await scene.assign(sessionId, 'ann'), { changes: [] }, 'to the same operator')
    const third = await scene.start('c')
    await scene.end(third)
    await scene.assign(sessionId, 'bob')
    equal(await scene.holders([sessionId, next]), ['bob', 'bob'], 'who holds them now')
    await scene.refused(
      { kind: 'assign', sessionId: third, operatorId: 'ann', strategy: null },
      'session_ended',
    )
    const talk = await scene.talk('private', 'x', 'y')
    await scene.refused({ kind: 'assign', sessionId: talk, operatorId: 'ann', strategy: null }, 'conflict')
    await scene.refused({ kind: 'end', sessionId: talk, reason: null }, 'conflict')
    await scene.refused({ kind: 'requeue', sessionId: 'nothing' }, 'not_found')
  }),

  accept('[A1] two full operators may swap in one moment', async scene => {
    await scene.operator('ann', 1)
    const first = await scene.start('a')
    await scene.operator('bob', 1)
    const second = await scene.start('b')
    await scene.operator('cem', 1)
    await Promise.all([scene.assign(second, 'cem'), scene.assign(first, 'bob'), scene.assign(second, 'ann')])
    equal(await scene.holders([first, second]), ['bob', 'ann'], 'who holds them')
  }),

  accept('[A6][A7][A8][A9] strategies, and ties by joining', async scene => {
    for (const id of ['zoe', 'ann', 'moe']) await scene.operator(id, 10)
    const taken = async (count: number, strategy: 'round-robin' | 'least-busy' | null) => {
      const ids: string[] = []
      for (const _ of oneTo(count)) ids.push(await scene.start(scene.newId('user'), { strategy }))
      return scene.holders(ids)
    }
    equal(await taken(4, null), ['zoe', 'ann', 'moe', 'zoe'], 'least busy by default')
    equal(await taken(4, 'round-robin'), ['ann', 'moe', 'zoe', 'ann'], 'in turn, by the session')
    await scene.done({ kind: 'limit', operatorId: 'moe', maxUsers: 100, isActive: null })
    equal(await taken(3, null), ['moe', 'moe', 'moe'], 'the lowest share')
    await scene.done({ kind: 'strategy', strategy: 'round-robin' })
    equal(await taken(3, null), ['zoe', 'ann', 'moe'], 'in turn, by the site')
  }),

  accept('[S7][S15] ends twice, and by itself only while it is abandoned', async scene => {
    const sessionId = await scene.start('a')
    const abandon = { kind: 'abandon', sessionId, waitingAfterMs: 600_000, idleAfterMs: 1_800_000 } as const
    matches(await scene.done(abandon), { changes: [] }, 'at once')
    await scene.under.ageBy(600_001)
    await scene.connect('node', 'a')
    matches(await scene.done(abandon), { changes: [] }, 'while the visitor is there')
    await scene.store.leave('node', 0)
    matches(await scene.done(abandon), { changes: [] }, 'when it has just gone')
    await scene.under.ageBy(600_001)
    matches(
      await scene.done(abandon),
      { changes: [{ what: { kind: 'ended', reason: 'abandoned' } }] },
      'long after',
    )
    matches(await scene.session(sessionId), { endReason: 'abandoned', endedBy: null }, 'the session')
    matches(await scene.end(sessionId), { changes: [] }, 'a second end')
  }),

  accept('[A19] what others than the customer decide is audited', async scene => {
    await scene.operator('ann')
    const key = { kind: 'key', id: 'key', actingFor: 'b' } as const
    const own = await scene.start('a')
    const { sessionId } = await scene.done(scene.startOf('b'), key)
    await scene.end(own, person('ann'))
    await scene.refused({ kind: 'end', sessionId: 'nothing', reason: null }, 'not_found')
    const audits = (await scene.under.audits()).map(({ action, targetId, actor }) => [
      action,
      targetId,
      actor.id,
    ])
    equal(
      audits.filter(([action]) => action?.startsWith('session.')),
      [
        ['session.start', sessionId, 'key'],
        ['session.end', own, 'ann'],
      ],
      'the audit',
    )
  }),
]
