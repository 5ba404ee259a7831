import { addUsers, ask, asked, atOnce, befriend, friendsWithSession } from './chat.ts'
import { equal, ok, oneTo } from './check.ts'
import { accept, type Scene } from './scene.ts'

async function standing(scene: Scene, a: string, b: string) {
  const { store } = scene
  const requests = await Promise.all([a, b].flatMap(id => [store.requestsTo(id), store.requestsFrom(id)]))
  const [ofA, ofB] = await Promise.all([store.friendsOf(a), store.friendsOf(b)])
  equal(
    ofA.some(({ friendId }) => friendId === b),
    ofB.some(({ friendId }) => friendId === a),
    'friends from both sides',
  )
  return { friends: ofA.some(({ friendId }) => friendId === b), requests: requests.flat().length }
}

/** New users, two and two. */
async function pairs(scene: Scene, count: number): Promise<(readonly [string, string])[]> {
  const made = oneTo(count).map(n => [`a${n}`, `b${n}`] as const)
  await addUsers(scene, ...made.flat())
  return made
}

export const friendRaces = [
  accept('[F3] two who ask each other at once are friends, and no request is left', async scene => {
    for (const [a, b] of await pairs(scene, 10)) {
      const results = await atOnce(scene, [s => ask(scene, a, b, null, s), s => ask(scene, b, a, null, s)])
      equal(asked(results).sort(), ['befriended', 'pending'], 'the answers')
      equal(await standing(scene, a, b), { friends: true, requests: 0 }, 'how they stand')
    }
  }),

  accept('[F2] the same request ten times at once is one', async scene => {
    await addUsers(scene, 'a', 'b')
    const tasks = oneTo(10).map(n => (store: typeof scene.store) => ask(scene, 'a', 'b', String(n), store))
    const results = await atOnce(scene, tasks)
    const shown = results.filter(result => result.kind === 'pending' && result.shown !== null)
    equal(shown.length, 1, 'how often the other one is told')
    equal((await scene.store.requestsTo('b')).length, 1, 'the requests')
  }),

  accept('[F4] accepted against withdrawn: one of the two, and no request is left', async scene => {
    for (const [a, b] of await pairs(scene, 10)) {
      await ask(scene, a, b)
      const [pair, withdrawn] = await atOnce<unknown>(scene, [s => s.accept(a, b), s => s.withdraw(a, b)])
      ok((pair !== null) !== withdrawn, 'one of the two has happened')
      equal(await standing(scene, a, b), { friends: pair !== null, requests: 0 }, 'how they stand')
    }
  }),

  accept('[F4] accepted from two devices at once is one friendship', async scene => {
    for (const [a, b] of await pairs(scene, 5)) {
      await ask(scene, a, b)
      const found = await atOnce(scene, [s => s.accept(a, b), s => s.accept(a, b)])
      const since = found.map(pair => pair?.friends.get(b)?.friendSince)
      ok(since[0] !== undefined && since[0] === since[1], 'both answers tell the same friendship')
      equal(await standing(scene, a, b), { friends: true, requests: 0 }, 'how they stand')
    }
  }),

  accept('[F7] a block among requests: none is shown afterwards', async scene => {
    for (const [a, b] of await pairs(scene, 10)) {
      await atOnce<unknown>(scene, [
        s => ask(scene, a, b, null, s),
        s => s.block(b, a),
        s => ask(scene, a, b, null, s),
      ])
      equal(await scene.store.requestsTo(b), [], 'the requests it sees')
    }
  }),

  accept('[F3][F11] friendships that end and begin again among messages', async scene => {
    const sessionId = await friendsWithSession(scene, 'a', 'b')
    const sends = oneTo(40).map(n => () => scene.append(sessionId, n % 2 === 0 ? 'a' : 'b'))
    const turns = oneTo(6).map(n => async () => {
      if (n % 2 === 0) await befriend(scene, 'a', 'b')
      else await scene.store.unfriend('a', 'b')
    })
    const alternating = async () => {
      for (const turn of turns) await turn()
      await scene.store.unfriend('a', 'b')
      return scene.append(sessionId, 'a')
    }
    const [last] = await Promise.all([alternating(), ...sends.map(send => send())])
    equal(last, { kind: 'refused', code: 'not_friends' }, 'the answer after the end')
    const { length } = await scene.changes(sessionId)
    equal(
      (await scene.messages(sessionId)).map(({ seq }) => seq),
      oneTo(length),
      'the seqs',
    )
  }),

  accept('[F11] nothing is stored after the step that forbids it', async scene => {
    const [sessionId, other] = [await friendsWithSession(scene, 'a', 'b'), await scene.under.another()]
    const flood = () => Promise.all(oneTo(20).map(() => other.append(scene.requestOf(sessionId, 'b'))))
    const [, late] = await Promise.all([
      flood(),
      scene.store.block('a', 'b').then(() => scene.session(sessionId)),
    ])
    equal(
      (await scene.session(sessionId)).lastSeq,
      late.lastSeq,
      'lastSeq when the block was answered, and after all',
    )
    ok(
      (await flood()).every(({ kind }) => kind === 'refused'),
      'all that came later is refused',
    )
  }),
]
