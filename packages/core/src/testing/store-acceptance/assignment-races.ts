import type { Operator } from '@parley/contracts'
import type { TurnOutcome } from '../../assignment/turn.ts'
import { equal, ok, oneTo } from './check.ts'
import { accept, type CommandBody, type Scene, system } from './scene.ts'

const overLimit = (operators: readonly Operator[]) =>
  operators.filter(({ activeSessions, maxUsers }) => activeSessions > maxUsers).map(({ id }) => id)

const roomOf = (operators: readonly Operator[]) =>
  operators.reduce((room, o) => room + (o.status === 'online' ? o.maxUsers - o.activeSessions : 0), 0)

/** Runs all at once, every second one through the other node, and looks at the loads all the while. */
async function atOnce(scene: Scene, bodies: readonly CommandBody[]): Promise<TurnOutcome[]> {
  const other = await scene.under.another()
  const turns = bodies.map((body, n) => scene.turn(body, system, n % 2 === 0 ? scene.store : other))
  const looks = oneTo(10).map(async () => overLimit(await scene.store.operators()))
  equal((await Promise.all(looks)).flat(), [], '[A1] operators over their limit meanwhile')
  return Promise.all(turns)
}

async function checkDesk(scene: Scene, sessionIds: readonly string[]): Promise<void> {
  const operators = await scene.store.operators()
  equal(overLimit(operators), [], '[A1] operators over their limit')
  const { items } = await scene.store.openSessions({}, 1, 1000, null)
  const waiting = items.filter(({ status }) => status === 'waiting')
  ok(waiting.length === 0 || roomOf(operators) === 0, '[A3] nobody waits while there is room')
  for (const { id, activeSessions } of operators) {
    const held = items.filter(({ operatorId, status }) => status === 'active' && operatorId === id)
    equal(held.length, activeSessions, `the load of ${id}`)
  }
  equal(
    waiting.map(({ id }) => id),
    await scene.store.queue(1000),
    '[A4] the queue',
  )
  for (const sessionId of sessionIds) await scene.changes(sessionId)
}

export const assignmentRaces = [
  accept('[A1][A3][A4] a hundred starts at once over few places', async scene => {
    for (const [id, limit] of [
      ['ann', 1],
      ['bob', 2],
      ['cem', 3],
    ] as const)
      await scene.operator(id, limit)
    const starts = oneTo(100).map(n => scene.startOf(`u${n}`))
    const outcomes = await atOnce(scene, starts)
    ok(
      outcomes.every(outcome => outcome.kind === 'done' && outcome.created),
      'all are made',
    )
    const loads = (await scene.store.operators()).map(({ activeSessions }) => activeSessions)
    equal(loads, [1, 2, 3], 'the loads')
    equal((await scene.store.queue(200)).length, 94, 'the queue')
    await checkDesk(
      scene,
      starts.map(({ sessionId }) => sessionId),
    )
  }),

  accept('[S2] the same person starting ten times at once has one session', async scene => {
    await scene.operator('ann', 5)
    const outcomes = await atOnce(
      scene,
      oneTo(10).map(() => scene.startOf('one')),
    )
    const sessions = new Set(outcomes.map(outcome => outcome.kind === 'done' && outcome.sessionId))
    equal(sessions.size, 1, 'the sessions they answer with')
    equal(
      outcomes.filter(outcome => outcome.kind === 'done' && outcome.created).length,
      1,
      'those that made one',
    )
    equal((await scene.store.operator('ann'))?.activeSessions, 1, 'the load')
  }),

  accept('[A12] the last place is given once', async scene => {
    await scene.operator('ann', 1)
    const outcomes = await atOnce(
      scene,
      oneTo(10).map(n => scene.startOf(`u${n}`, { operatorId: 'ann' })),
    )
    const refused = outcomes.filter(
      outcome => outcome.kind === 'refused' && outcome.code === 'operator_at_capacity',
    )
    equal(refused.length, 9, 'those refused')
    equal((await scene.store.deskStats()).totalSessions, 1, 'the sessions')
  }),

  accept('[A1][A3][A16] starts, ends, transfers, returns and statuses at once', async scene => {
    const operators = ['ann', 'bob', 'cem']
    for (const id of operators) await scene.operator(id, 2)
    const first = oneTo(20).map(n => scene.startOf(`u${n}`))
    await atOnce(scene, first)
    const ids = first.map(({ sessionId }) => sessionId)
    const at = (list: readonly string[], n: number) => list[n % list.length] ?? ''
    const mixed = oneTo(80).map((n): CommandBody => {
      const [sessionId, operatorId] = [at(ids, n * 7), at(operators, n)]
      switch (n % 6) {
        case 0:
          return { kind: 'end', sessionId, reason: null }
        case 1:
          return { kind: 'assign', sessionId, operatorId: n % 4 === 1 ? null : operatorId, strategy: null }
        case 2:
          return { kind: 'requeue', sessionId }
        case 3:
          return { kind: 'status', operatorId, status: n % 4 === 3 ? 'offline' : 'online' }
        case 4:
          return { kind: 'limit', operatorId, maxUsers: 1 + (n % 3), isActive: null }
        default:
          return scene.startOf(`v${n}`)
      }
    })
    await atOnce(scene, mixed)
    for (const id of operators) await scene.status(id, 'online')
    await scene.operator('dee', 1)
    await checkDesk(scene, ids)
  }),

  accept('[A17] a batch with refusals answers each its own', async scene => {
    await scene.operator('ann', 1)
    const sessionId = await scene.start('a')
    const bodies: CommandBody[] = [
      { kind: 'end', sessionId: 'nothing', reason: null },
      scene.startOf('b'),
      { kind: 'assign', sessionId, operatorId: 'nobody', strategy: null },
      { kind: 'end', sessionId, reason: null },
    ]
    const outcomes = await atOnce(scene, bodies)
    equal(
      outcomes.map(({ kind }) => kind),
      ['refused', 'done', 'refused', 'done'],
      'the answers',
    )
    equal((await scene.store.operator('ann'))?.activeUsers, ['b'], 'whom the operator has then')
  }),

  accept('[I7][S2] starts and an identification in one moment', async scene => {
    await scene.under.addPerson({ id: 'v', role: 'visitor' })
    await scene.under.addPerson({ id: 'u', role: 'user' })
    const visitor = { userType: 'visitor' } as const
    const starts = [scene.startOf('u'), scene.startOf('v', visitor), scene.startOf('v', visitor)] as const
    const identify = { kind: 'identify', visitorId: 'v', userId: 'u', name: 'Uma' } as const
    const bodies: CommandBody[] = [{ kind: 'sweep' }, starts[0], starts[1], identify, starts[2]]
    const outcomes = await Promise.all(bodies.map(body => scene.turn(body)))
    ok(
      outcomes.every(({ kind }) => kind === 'done'),
      'all are done',
    )
    const open = await Promise.all(['u', 'v'].map(id => scene.store.openSessionOf(id)))
    equal(open, [starts[0].sessionId, starts[2].sessionId], 'the open sessions')
    const merged = await scene.session(starts[1].sessionId, 'u')
    equal([merged.status, merged.endReason, merged.userId], ['ended', 'merged', 'u'], 'the visitor’s first')
    for (const { sessionId } of starts) await scene.changes(sessionId)
  }),
]
