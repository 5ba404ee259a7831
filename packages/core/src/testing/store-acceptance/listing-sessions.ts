import type { SessionFilter, SessionPage } from '../../ports/store/session-store.ts'
import { between, equal, matches } from './check.ts'
import { accept, type Scene } from './scene.ts'

const ids = ({ items }: { items: readonly { readonly id: string }[] }) => items.map(({ id }) => id)

/** Three with ann, two that wait, one that came back and waits, two that have ended, and a private one. */
async function busyDesk(scene: Scene) {
  await scene.operator('ann', 3)
  const active: string[] = []
  for (const userId of ['a1', 'a2', 'a3']) {
    active.push(await scene.start(userId))
    await scene.under.ageBy(1000)
  }
  const waiting = [await scene.start('w1'), await scene.start('w2')]
  const ended: string[] = []
  for (const userId of ['e1', 'e2']) {
    const sessionId = await scene.start(userId)
    await scene.end(sessionId)
    ended.push(sessionId)
    await scene.under.ageBy(60_000)
  }
  await scene.done({ kind: 'limit', operatorId: 'ann', maxUsers: 3, isActive: null })
  const talk = await scene.talk('group', 'x', 'y')
  return { active, waiting, ended, talk }
}

export const listingSessions = [
  accept(
    '[S12][A4] open sessions: the queue in its order, then the active ones, latest first',
    async scene => {
      const { active, waiting } = await busyDesk(scene)
      const [a1, a2, a3] = active
      const open = (filter: SessionFilter, page = 1, limit = 20): Promise<SessionPage> =>
        scene.store.openSessions(filter, page, limit, null)
      equal(ids(await open({})), [...waiting, a3, a2, a1], 'all')
      equal(ids(await open({ status: 'active' })), [a3, a2, a1], 'the active ones')
      equal(ids(await open({ status: 'waiting' })), waiting, 'the waiting ones')
      equal(ids(await open({ operatorId: 'ann' })), [a3, a2, a1], 'one operator’s')
      equal(ids(await open({ operatorId: 'bob' })), [], 'another’s')
      const page = await open({}, 2, 2)
      equal(ids(page), [a3, a2], 'page 2')
      equal(page.pagination, { page: 2, limit: 2, total: 5, totalPages: 3 }, 'its pagination')
      equal(
        (await open({ userId: 'nobody' })).pagination,
        { page: 1, limit: 20, total: 0, totalPages: 0 },
        'of none',
      )
      matches(
        (await scene.store.openSessions({ userId: 'a1' }, 1, 20, 'ann')).items,
        [{ id: a1, unreadCount: 0 }],
        'mine',
      )
    },
  ),

  accept('[S12] ended sessions, newest end first', async scene => {
    const { ended } = await busyDesk(scene)
    const [e1, e2] = ended
    const find = async (filter: SessionFilter) => ids(await scene.store.endedSessions(filter, 1, 20, null))
    equal(await find({}), [e2, e1], 'all')
    equal(await find({ userId: 'e1' }), [e1], 'of one person')
    equal(await find({ operatorId: 'ann' }), [], 'of one operator')
    const endedAt = (await scene.session(e1 ?? '')).endedAt ?? ''
    const after = new Date(new Date(endedAt).getTime() + 1).toISOString()
    equal(await find({ to: endedAt }), [e1], 'until the end of the first, included')
    equal(await find({ from: endedAt }), [e2, e1], 'from the end of the first, included')
    equal(await find({ from: after }), [e2], 'after the end of the first')
    const page = await scene.store.endedSessions({}, 2, 1, null)
    equal([ids(page), page.pagination], [[e1], { page: 2, limit: 1, total: 2, totalPages: 2 }], 'page 2')
  }),

  accept('the console’s lists', async scene => {
    const { active, waiting, talk } = await busyDesk(scene)
    const [a1, a2, a3] = active
    await scene.under.ageBy(1000)
    await scene.say(a1 ?? '', 'a1')
    const list = async (name: 'mine' | 'queue' | 'active' | 'team', reader: string, limit = 9) => {
      const found = await scene.store.listed(name, reader, limit)
      return [ids(found), found.total]
    }
    equal(await list('mine', 'ann'), [[a1, a3, a2], 3], 'mine')
    equal(await list('mine', 'ann', 2), [[a1, a3], 3], 'two of mine')
    equal(await list('mine', 'bob'), [[], 0], 'another’s')
    equal(await list('queue', 'bob', 1), [[waiting[0]], 2], 'the head of the queue')
    equal(await list('active', 'bob'), [[...waiting, a3, a2, a1], 5], 'all open ones')
    equal(await list('team', 'x'), [[talk], 1], 'team')
    equal(await list('team', 'ann'), [[], 0], 'no team')
    matches(
      (await scene.store.listed('mine', 'ann', 1)).items,
      [{ id: a1, unreadCount: 1 }],
      'with my unread',
    )
  }),

  accept('[A4] the queue, and each one’s place in it', async scene => {
    const { active, waiting } = await busyDesk(scene)
    const [a1, , a3] = active
    await scene.status('ann', 'busy')
    await scene.done({ kind: 'requeue', sessionId: a3 ?? '' })
    await scene.done({ kind: 'requeue', sessionId: a1 ?? '' })
    const queue = [a1, a3, ...waiting]
    equal(await scene.store.queue(9), queue, 'the queue')
    equal(await scene.store.queue(2), queue.slice(0, 2), 'its head')
    const places = await scene.store.sessions(await scene.store.queue(9), null)
    equal(
      places.map(({ queuePosition }) => queuePosition),
      [1, 2, 3, 4],
      'the places',
    )
  }),

  accept('[S14] how long the latest had waited', async scene => {
    equal(await scene.store.recentWaits(9), [], 'of none')
    const first = await scene.start('a')
    await scene.start('b')
    await scene.under.ageBy(60_000)
    await scene.operator('ann', 1)
    await scene.under.ageBy(30_000)
    await scene.end(first)
    const [b, a, ...rest] = await scene.store.recentWaits(9)
    equal(rest, [], 'no more')
    between(b?.waitedMs ?? 0, 90_000, 100_000, 'the wait of the second')
    between(a?.waitedMs ?? 0, 60_000, 70_000, 'the wait of the first')
    equal((await scene.store.recentWaits(1)).length, 1, 'at most one')
  }),

  accept('the figures of the desk', async scene => {
    const { active } = await busyDesk(scene)
    await scene.operator('bob', 2, 'busy')
    await scene.operator('cem', 0)
    await scene.operator('off', 2, 'offline')
    await scene.say(active[0] ?? '', 'a1')
    await scene.say(active[0] ?? '', 'ann')
    const counts = {
      totalSessions: 7,
      waitingSessions: 2,
      activeSessions: 3,
      endedSessions: 2,
      totalMessages: 2,
    }
    matches(await scene.store.deskStats(), { ...counts, onlineAgents: 3, availableAgents: 0 }, 'the figures')
    await scene.under.ageBy(40_000)
    await scene.end(active[0] ?? '')
    const figures = await scene.store.deskStats()
    matches(figures, { activeSessions: 3, waitingSessions: 1, endedSessions: 3 }, 'the figures after an end')
    // a1, a2, a3 were taken at once; w1 waited for two ends a minute apart and the forty seconds: 160 s over four.
    between(figures.averageWaitMs, 40_000, 43_000, 'averageWaitMs')
    // a1 had been held for 3 s, two minutes, and forty seconds.
    between(figures.averageDurationMs, 163_000, 168_000, 'averageDurationMs')
    await scene.status('bob', 'online')
    equal((await scene.store.deskStats()).availableAgents, 1, 'availableAgents')
  }),
]
