import { GROUP_MAX } from '@parley/contracts'
import type { StoredChange } from '../../ports/store/message-store.ts'
import type { Store } from '../../ports/store.ts'
import { addUsers, atOnce, change, changed, checkGroup, group, opened, openGroup, recall } from './chat.ts'
import { equal, ok, oneTo } from './check.ts'
import { accept, type Scene } from './scene.ts'

type People = Extract<Extract<StoredChange, { kind: 'session' }>['what'], { kind: 'participants' }>

const peopleOf = (one: StoredChange): People | null =>
  one.kind === 'session' && one.what.kind === 'participants' ? one.what : null

/** Nobody has written who was not there then, and who came last sees what was said since. */
async function checkHistory(scene: Scene, sessionId: string, first: readonly string[]): Promise<void> {
  const there = new Set(first)
  const sees = new Map(first.map(userId => [userId, 0]))
  let seq = 0
  for (const one of await scene.changes(sessionId)) {
    if (one.kind === 'message') {
      seq += 1
      equal(one.message.seq, seq, '[M1] the seq')
      ok(there.has(one.message.senderId), `[M9] ${one.message.senderId} is there at change ${one.change}`)
    }
    for (const userId of peopleOf(one)?.added ?? []) {
      ok(!there.has(userId), `[G10] ${userId} was not there before change ${one.change}`)
      there.add(userId)
      sees.set(userId, seq)
    }
    for (const userId of peopleOf(one)?.removed ?? []) ok(there.delete(userId), `[G10] ${userId} was there`)
  }
  const { items } = await scene.store.participants(sessionId, { limit: 2000, skip: 0 }, false)
  equal(items.map(({ user }) => user.id).sort(), [...there].sort(), 'who is there at last')
  for (const userId of there)
    equal(
      (await scene.store.part(sessionId, userId))?.visibleAfterSeq,
      sees.get(userId),
      `[G7] what ${userId} sees`,
    )
}

export const groupRaces = [
  accept(
    '[G7][G8][S10] joins and leaves among messages: no gap, nobody writes who is not there',
    async scene => {
      const people = oneTo(6).map(n => `u${n}`)
      const talk = await group(scene, 'a', ...people)
      const moves = oneTo(60).map(n => async (store: Store) => {
        const userId = people[n % people.length] ?? ''
        if (n % 5 === 0) await change(scene, talk, userId, store).remove(userId)
        else if (n % 5 === 1) await change(scene, talk, 'a', store).add([userId, 'u1'])
        else await store.append(scene.requestOf(talk, n % 5 === 2 ? 'a' : userId))
      })
      await atOnce(scene, moves)
      await checkHistory(scene, talk, ['a', ...people])
      await checkGroup(scene, talk)
    },
  ),

  accept('[G8] a leave against a send: what is stored is before it', async scene => {
    for (const n of oneTo(10)) {
      const [a, b] = [`a${n}`, `b${n}`]
      const talk = await group(scene, a, b)
      const sends = oneTo(4).map(() => (store: Store) => store.append(scene.requestOf(talk, b)))
      const leave = (store: Store) => change(scene, talk, b, store).remove(b)
      await atOnce<unknown>(scene, [...sends.slice(0, 2), leave, ...sends.slice(2)])
      await checkHistory(scene, talk, [a, b])
    }
  }),

  accept('[G10] the same people added at once come once', async scene => {
    const talk = await group(scene, 'a')
    await addUsers(scene, 'b', 'c')
    const results = await atOnce(
      scene,
      oneTo(10).map(() => store => change(scene, talk, 'a', store).add(['b', 'c'])),
    )
    equal(results.filter(({ kind }) => kind === 'changed').length, 1, 'the changes')
    equal(results.filter(({ kind }) => kind === 'same').length, 9, 'those that changed nothing')
    await checkHistory(scene, talk, ['a'])
  }),

  accept('[G5] the last places are given once', async scene => {
    await addUsers(scene, 'a')
    const ids = oneTo(GROUP_MAX - 4).map(n => `u${n}`)
    const talk = opened(await openGroup(scene, 'a', ids, { makesPeople: true }))
    const results = await atOnce(
      scene,
      oneTo(10).map(n => store => change(scene, talk, null, store).add([`x${n}`], { makesPeople: true })),
    )
    equal(results.filter(({ kind }) => kind === 'changed').length, 3, 'those who came')
    equal((await scene.store.participants(talk, { limit: 1, skip: 0 }, false)).total, GROUP_MAX, 'all')
    await checkGroup(scene, talk)
  }),

  accept('[G9] all leave at once: it passes from one to the next, and stays', async scene => {
    const people = oneTo(12).map(n => `u${n}`)
    const talk = await group(scene, 'a', ...people)
    const look = async () => void (await checkGroup(scene, talk))
    const leave = (userId: string) => async (store: Store) =>
      void (await changed(change(scene, talk, userId, store).remove(userId)))
    const [last, ...others] = ['a', ...people].reverse()
    await atOnce<void>(scene, others.map(leave))
    equal((await checkGroup(scene, talk)).ownerId, last, 'the owner at last')
    await leave(last ?? '')(scene.store)
    await look()
    equal((await scene.session(talk)).lastChange, 13, 'the changes')
  }),

  accept('[G9][G11] handed on and left at once: there is one owner', async scene => {
    for (const n of oneTo(10)) {
      const [a, b, c] = [`a${n}`, `b${n}`, `c${n}`]
      const talk = await group(scene, a, b, c)
      await atOnce(scene, [
        store => change(scene, talk, a, store).update({ ownerId: b }),
        store => change(scene, talk, b, store).remove(b),
        store => change(scene, talk, a, store).remove(a),
      ])
      equal((await checkGroup(scene, talk)).ownerId, c, 'the owner')
    }
  }),

  accept('[S10] everything in a group at once shares one row of numbers', async scene => {
    const talk = await group(scene, 'a', 'b', 'c')
    const message = await scene.say(talk, 'a')
    await addUsers(scene, 'd')
    const tasks = oneTo(40).flatMap(n => [
      (store: Store) => store.append(scene.requestOf(talk, n % 2 === 0 ? 'a' : 'b')),
      (store: Store) => store.react({ messageId: message.id, userId: 'b', emoji: '👍' }),
      (store: Store) =>
        n % 4 === 0
          ? change(scene, talk, null, store).update({ name: `name ${n}` })
          : n % 4 === 1
            ? change(scene, talk, null, store).add(['d'])
            : change(scene, talk, null, store).remove('d'),
      (store: Store) => (n === 20 ? recall(scene, message, {}, store) : scene.read(talk, 'c', n)),
    ])
    await atOnce<unknown>(scene, tasks)
    const changes = await checkGroup(scene, talk)
    equal(changes.lastSeq, 41, 'lastSeq')
    await checkHistory(scene, talk, ['a', 'b', 'c'])
  }),
]
