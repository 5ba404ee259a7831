import type { AppendResult } from '../../ports/store/message-store.ts'
import { equal, ok, oneTo } from './check.ts'
import { accept } from './scene.ts'

const kinds = (results: readonly AppendResult[]) =>
  Object.fromEntries(
    ['stored', 'duplicate', 'refused'].map(kind => [
      kind,
      results.filter(result => result.kind === kind).length,
    ]),
  )

export const appendRaces = [
  accept(
    '[M1][M2] many at once, through two nodes: no gap, no repeat, each acknowledged one is there',
    async scene => {
      const sessions = [await scene.conversation(), await scene.start('second')]
      const stores = [scene.store, await scene.under.another()]
      const requests = oneTo(120).map(n =>
        scene.requestOf(sessions[n % 2] ?? '', n % 2 === 0 ? 'visitor' : 'second', {
          clientMessageId: `c${n}`,
        }),
      )
      const results = await Promise.all(
        requests.map((request, n) => stores[n % 3 === 0 ? 1 : 0]?.append(request)),
      )
      ok(
        results.every(result => result?.kind === 'stored'),
        'all are stored',
      )
      for (const sessionId of sessions) {
        const messages = await scene.messages(sessionId)
        equal(
          messages.map(({ seq }) => seq),
          oneTo(60),
          'the seqs',
        )
        await scene.changes(sessionId)
        const told = results.flatMap(result => (result?.kind === 'stored' ? [result.message] : []))
        const there = new Map(messages.map(message => [message.id, message.seq]))
        ok(
          told.every(({ id, seq, ...rest }) => rest.sessionId !== sessionId || there.get(id) === seq),
          'what was acknowledged is what is stored',
        )
      }
    },
  ),

  accept('[M3] the same message twenty times at once is stored once', async scene => {
    const sessionId = await scene.conversation()
    const stores = [scene.store, await scene.under.another()]
    const results = await Promise.all(
      oneTo(20).map(n =>
        (stores[n % 2] ?? scene.store).append(
          scene.requestOf(sessionId, 'visitor', { clientMessageId: 'same' }),
        ),
      ),
    )
    equal(kinds(results), { stored: 1, duplicate: 19, refused: 0 }, 'the answers')
    const ids = new Set(results.flatMap(result => (result.kind === 'refused' ? [] : [result.message.id])))
    equal(ids.size, 1, 'the number of messages in the answers')
    equal(
      (await scene.messages(sessionId)).map(({ seq }) => seq),
      [1],
      'the seqs',
    )
  }),

  accept('[M4] the same clientMessageId for two sessions at once goes into one of them', async scene => {
    const talks = [await scene.talk('group', 'a', 'b'), await scene.talk('group', 'a', 'c')]
    const results = await Promise.all(
      oneTo(20).map(n => scene.append(talks[n % 2] ?? '', 'a', { clientMessageId: 'same' })),
    )
    equal(kinds(results), { stored: 1, duplicate: 9, refused: 10 }, 'the answers')
    const counts = await Promise.all(talks.map(async id => (await scene.messages(id)).length))
    equal(counts.sort(), [0, 1], 'the messages of each')
  }),

  accept('[M1][M3] retries among new ones leave no gap', async scene => {
    const sessionId = await scene.conversation()
    const results = await Promise.all(
      oneTo(60).map(n =>
        scene.append(sessionId, 'visitor', { clientMessageId: `c${n % 20}`, text: String(n) }),
      ),
    )
    equal(kinds(results), { stored: 20, duplicate: 40, refused: 0 }, 'the answers')
    equal(
      (await scene.messages(sessionId)).map(({ seq }) => seq),
      oneTo(20),
      'the seqs',
    )
  }),

  accept('[M9] a refused one is refused alone', async scene => {
    const sessionId = await scene.conversation()
    const results = await Promise.all(
      oneTo(30).map(n => scene.append(sessionId, n % 3 === 0 ? 'stranger' : 'visitor')),
    )
    equal(kinds(results), { stored: 20, duplicate: 0, refused: 10 }, 'the answers')
    equal(
      (await scene.messages(sessionId)).map(({ seq }) => seq),
      oneTo(20),
      'the seqs',
    )
  }),

  accept('[S9][S10] an end among messages is the last change; what came later is refused', async scene => {
    const sessionId = await scene.conversation()
    const before = oneTo(20).map(() => scene.append(sessionId, 'visitor'))
    const end = scene.end(sessionId)
    const results = await Promise.all([...before, ...oneTo(20).map(() => scene.append(sessionId, 'visitor'))])
    await end
    const late = await scene.append(sessionId, 'visitor')
    equal(late, { kind: 'refused', code: 'session_ended' }, 'the answer after the end')
    const changes = await scene.changes(sessionId)
    const last = changes.at(-1)
    ok(last?.kind === 'session' && last.what.kind === 'ended', 'the last change is the end')
    equal(
      changes.filter(({ kind }) => kind === 'message').length,
      kinds(results).stored,
      'the stored messages',
    )
  }),

  accept('[S10] assignments and messages at once share one row of numbers', async scene => {
    const sessionId = await scene.conversation()
    await scene.operator('bob')
    const moves = oneTo(10).map(n =>
      scene.turn({ kind: 'assign', sessionId, operatorId: n % 2 === 0 ? 'ann' : 'bob', strategy: null }),
    )
    await Promise.all([...oneTo(40).map(() => scene.append(sessionId, 'visitor')), ...moves])
    const changes = await scene.changes(sessionId)
    equal(changes.filter(({ kind }) => kind === 'message').length, 40, 'the number of messages')
    equal(
      (await scene.messages(sessionId)).map(({ seq }) => seq),
      oneTo(40),
      'the seqs',
    )
  }),
]
