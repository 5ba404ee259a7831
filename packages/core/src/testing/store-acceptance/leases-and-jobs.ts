import type { Job } from '../../ports/store/job-store.ts'
import { between, equal, matches, ok } from './check.ts'
import { accept, type Scene } from './scene.ts'

const names = (jobs: readonly Job[]) => jobs.map(({ kind, key }) => `${kind} ${key}`).sort()
const due = (scene: Scene, limit = 9) => scene.store.claimJobs('node', limit, 10_000)
const connected = async (scene: Scene, ...ids: string[]) => [...(await scene.store.connected(ids))].sort()
const noLeases = { opened: [], closed: [], graceMs: 0 }

export const leasesAndJobs = [
  accept('a node is new at its first heartbeat, and after it was reaped', async scene => {
    equal(await scene.store.heartbeat('n1'), { isNew: true }, 'the first')
    equal(await scene.store.heartbeat('n1'), { isNew: false }, 'the second')
    equal(
      await scene.store.changeLeases({ nodeId: 'n2', ...noLeases }),
      { known: false, gone: [], came: [] },
      'an unknown node',
    )
    await scene.under.ageBy(20_000)
    await scene.store.heartbeat('n2')
    equal(await scene.store.reapNodes({ olderThanMs: 15_000, graceMs: 0 }), { gone: [] }, 'reaping')
    equal(
      await scene.store.changeLeases({ nodeId: 'n1', ...noLeases }),
      { known: false, gone: [], came: [] },
      'the reaped node',
    )
    equal(await scene.store.heartbeat('n2'), { isNew: false }, 'the other')
    equal(await scene.store.heartbeat('n1'), { isNew: true }, 'the reaped one again')
  }),

  accept('leases open and close once; only the last connection anywhere counts', async scene => {
    await scene.under.addPerson({ id: 'u', role: 'user' })
    const [first] = await scene.connect('n1', 'u')
    const [second] = await scene.connect('n2', 'u')
    const again = [{ connectionId: first ?? '', userId: 'u' }]
    await scene.store.changeLeases({ nodeId: 'n1', opened: again, closed: [], graceMs: 0 })
    equal(await connected(scene, 'u', 'other'), ['u'], 'who is connected')
    equal(await scene.disconnect('n1', first ?? ''), [], 'gone with the first')
    equal(await scene.disconnect('n1', first ?? '', 'nothing'), [], 'gone with what is closed')
    equal(await scene.disconnect('n2', second ?? ''), ['u'], 'gone with the last')
    equal(await connected(scene, 'u'), [], 'who is connected then')
    const swap = { opened: [{ connectionId: 'c3', userId: 'u' }], closed: [], graceMs: 0 }
    await scene.store.changeLeases({ nodeId: 'n1', ...swap })
    const next = { opened: [{ connectionId: 'c4', userId: 'u' }], closed: ['c3'], graceMs: 0 }
    equal(
      await scene.store.changeLeases({ nodeId: 'n1', ...next }),
      { known: true, gone: [], came: [] },
      'one for another',
    )
    equal(await scene.store.connected([]), new Set(), 'of nobody')
  }),

  accept('[O5] the end of an operator’s last connection begins its grace in the same step', async scene => {
    await scene.under.addOperator({ id: 'ann' })
    await scene.under.addPerson({ id: 'u', role: 'user' })
    const [ann, u] = await scene.connect('n1', 'ann', 'u')
    await scene.disconnect('n1', ann ?? '', u ?? '')
    equal(await due(scene), [], 'before the grace is over')
    await scene.under.ageBy(30_001)
    equal(names(await due(scene)), ['operator.grace ann'], 'after it')
  }),

  accept('[O5] a node that dies or leaves takes its connections, and begins the grace', async scene => {
    await scene.under.addOperator({ id: 'ann' })
    await scene.under.addOperator({ id: 'bob' })
    await scene.connect('n1', 'ann', 'bob')
    await scene.under.ageBy(20_000)
    await scene.connect('n2', 'bob')
    equal(
      await scene.store.reapNodes({ olderThanMs: 10_000, graceMs: 0 }),
      { gone: ['ann'] },
      'gone with the node',
    )
    equal(await connected(scene, 'ann', 'bob'), ['bob'], 'who is connected')
    equal(names(await due(scene)), ['operator.grace ann'], 'the deadline')
    await scene.store.leave('n2', 0)
    equal(await connected(scene, 'bob'), [], 'who is connected then')
    ok(names(await due(scene)).includes('operator.grace bob'), 'the other deadline')
    equal(await scene.store.heartbeat('n2'), { isNew: true }, 'the node that left')
    await scene.store.leave('nothing', 0)
  }),

  accept('a job runs when it is due, for one node at a time, the oldest first', async scene => {
    await scene.store.schedule('session.abandon', 's1', 5000)
    await scene.store.schedule('session.abandon', 's2', 0)
    await scene.store.schedule('operator.grace', 's2', 1000)
    equal(names(await due(scene)), ['session.abandon s2'], 'due at once')
    equal(await due(scene), [], 'claimed already')
    await scene.under.ageBy(6000)
    equal(names(await due(scene, 1)), ['operator.grace s2'], 'the oldest')
    equal(names(await due(scene)), ['session.abandon s1'], 'the next')
    await scene.under.ageBy(4001)
    equal(names(await due(scene)), ['session.abandon s2'], 'one whose claim is over')
  }),

  accept('a job is finished, or runs again later', async scene => {
    await scene.store.schedule('session.abandon', 's1', 0)
    await scene.store.schedule('session.abandon', 's2', 0)
    const jobs = await due(scene)
    const [s1, s2] = ['s1', 's2'].map(key => jobs.find(job => job.key === key)?.id ?? '')
    await scene.store.finishJob(s1 ?? '')
    await scene.store.postponeJob(s2 ?? '', 3000)
    await scene.store.finishJob('nothing')
    await scene.store.postponeJob('nothing', 0)
    equal(await due(scene), [], 'at once')
    await scene.under.ageBy(3001)
    equal(names(await due(scene)), ['session.abandon s2'], 'later')
    await scene.under.ageBy(20_000)
    equal(names(await due(scene)), ['session.abandon s2'], 'when all claims are over')
  }),

  accept('a job that is moved is nobody’s', async scene => {
    await scene.store.schedule('operator.grace', 'ann', 0)
    const [old] = await due(scene)
    await scene.store.schedule('operator.grace', 'ann', 1000)
    await scene.store.finishJob(old?.id ?? '')
    await scene.store.postponeJob(old?.id ?? '', 50_000)
    equal(await due(scene), [], 'before its new time')
    await scene.under.ageBy(1001)
    const [moved] = await due(scene)
    matches(moved, { kind: 'operator.grace', key: 'ann' }, 'the moved job')
    ok(moved?.id !== old?.id, 'it has another id')
  }),

  accept('a job is claimed once by nodes that ask at once', async scene => {
    const other = await scene.under.another()
    for (let n = 0; n < 20; n++) await scene.store.schedule('session.abandon', `s${n}`, 0)
    const claims = await Promise.all(
      [scene.store, other, scene.store, other].map((store, n) => store.claimJobs(`n${n}`, 10, 10_000)),
    )
    const ids = claims.flat().map(({ id }) => id)
    equal(new Set(ids).size, ids.length, 'the claims')
    const rest = await due(scene, 20)
    equal(ids.length + rest.length, 20, 'with what is left')
  }),

  accept('[S15][S16] how idle a session is', async scene => {
    await scene.operator('ann')
    const sessionId = await scene.start('visitor')
    const idle = async () => {
      const found = await scene.store.idle(sessionId)
      if (!found) throw new Error('the session is not there')
      return found
    }
    await scene.under.ageBy(10_000)
    const first = await idle()
    matches(first, { status: 'active', connected: false }, 'it')
    between(first.visitorGoneMs, 10_000, 15_000, 'gone since the start')
    between(first.quietMs, 10_000, 15_000, 'quiet since the start')
    await scene.say(sessionId, 'visitor')
    await scene.under.ageBy(7000)
    between((await idle()).visitorGoneMs, 7000, 12_000, 'gone since its message')
    await scene.say(sessionId, 'ann')
    await scene.under.ageBy(1000)
    const third = await idle()
    between(third.quietMs, 1000, 6000, 'quiet since the last message')
    between(third.visitorGoneMs, 8000, 13_000, 'gone since its own')
    await scene.store.seen(['visitor', 'nobody'])
    between((await idle()).visitorGoneMs, 0, 5000, 'gone since it was seen')
    const [connection] = await scene.connect('n1', 'visitor')
    equal((await idle()).connected, true, 'connected')
    await scene.under.ageBy(3000)
    await scene.disconnect('n1', connection ?? '')
    const last = await idle()
    equal(last.connected, false, 'no more connected')
    between(last.visitorGoneMs, 0, 2500, 'gone since the end of its connection')
    await scene.end(sessionId)
    equal((await idle()).status, 'ended', 'the status')
    equal(await scene.store.idle('nothing'), null, 'of no session')
    equal(await scene.store.idle(await scene.talk('private', 'x', 'y')), null, 'of a private one')
  }),
]
