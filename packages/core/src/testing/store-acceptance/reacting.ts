import { REACTIONS_MAX } from '@parley/contracts'
import { atOnce, change, group, reacted, recall, refusal } from './chat.ts'
import { equal, matches, oneTo } from './check.ts'
import { accept, type Scene } from './scene.ts'

const emojiOf = (n: number): string => String.fromCodePoint(0x1f600 + n)

const react = (scene: Scene, messageId: string, userId: string, emoji = '👍', store = scene.store) =>
  store.react({ messageId, userId, emoji })

export const reacting = [
  accept('[M26][S10] a reaction comes and goes, each time by one change', async scene => {
    const talk = await group(scene, 'a', 'b')
    const { id } = await scene.say(talk, 'a')
    const added = await reacted(react(scene, id, 'b'))
    matches(added, { added: true, message: { id, change: 2, reactions: { '👍': ['b'] } } }, 'the answer')
    await reacted(react(scene, id, 'a'))
    const two = await reacted(react(scene, id, 'b', '👩‍👩‍👧'))
    const both = { '👍': ['b', 'a'], '👩‍👩‍👧': ['b'] }
    equal(two.message.reactions, both, 'in the order of reacting')
    equal(await scene.store.message(id), two.message, 'the message as it is read')
    const gone = await reacted(react(scene, id, 'b'))
    equal([gone.added, gone.message.reactions], [false, { '👍': ['a'], '👩‍👩‍👧': ['b'] }], 'taken back')
    equal(
      (await reacted(react(scene, id, 'a'))).message.reactions,
      { '👩‍👩‍👧': ['b'] },
      'the last of its kind',
    )
    const of = { kind: 'reacted', messageId: id, seq: 1 }
    const changes = await scene.changes(talk)
    matches(changes[1], { what: { ...of, userId: 'b', emoji: '👍', added: true } }, 'a change')
    matches(changes[3], { what: { ...of, emoji: '👩‍👩‍👧', added: true } }, 'a later one')
    matches(changes[4], { what: { ...of, emoji: '👍', added: false } }, 'one back')
    const last = { ...of, userId: 'a', emoji: '👍', added: false, reactions: { '👩‍👩‍👧': ['b'] } }
    matches(changes[5], { what: last }, 'the last, with what stands there')
    const since = await scene.store.messagesChangedSince(talk, 5, 0, 9)
    matches(since, [{ id, change: 6, seq: 1 }], 'as changed since')
  }),

  accept('[M26] so many different emojis, and no further one', async scene => {
    const talk = await group(scene, 'a', 'b')
    const { id } = await scene.say(talk, 'a')
    for (const n of oneTo(REACTIONS_MAX)) await reacted(react(scene, id, 'a', emojiOf(n)))
    equal(await react(scene, id, 'b', emojiOf(0)), refusal('conflict'), 'one more')
    matches(await react(scene, id, 'b', emojiOf(1)), { kind: 'reacted', added: true }, 'one that is there')
    await reacted(react(scene, id, 'a', emojiOf(2)))
    matches(
      await react(scene, id, 'b', emojiOf(0)),
      { kind: 'reacted', added: true },
      'in the place of another',
    )
    await scene.changes(talk)
  }),

  accept('[M26] not on a tombstone, not in an ended session', async scene => {
    const sessionId = await scene.conversation()
    const [first, second] = [await scene.say(sessionId, 'visitor'), await scene.say(sessionId, 'visitor')]
    await reacted(react(scene, first.id, 'ann'))
    await recall(scene, first)
    equal(await react(scene, first.id, 'ann'), refusal('conflict'), 'on a tombstone')
    await scene.end(sessionId)
    equal(await react(scene, second.id, 'ann'), refusal('session_ended'), 'in an ended session')
    equal((await scene.changes(sessionId)).length, 6, 'the changes')
  }),

  accept('[M26][M18][I5] who takes no part, or does not see it, finds nothing', async scene => {
    const talk = await group(scene, 'a', 'b')
    const { id } = await scene.say(talk, 'a')
    await scene.under.addPerson({ id: 'late', role: 'user' })
    await change(scene, talk, 'a').add(['late'])
    await change(scene, talk, 'a').remove('b')
    for (const userId of ['b', 'late', 'stranger'])
      equal(await react(scene, id, userId), refusal('not_found'), `the answer to ${userId}`)
    equal(await react(scene, 'nothing', 'a'), refusal('not_found'), 'no message')
    equal((await scene.session(talk)).lastChange, 3, 'lastChange')
  }),

  accept('[M26] many react at once, one of them again and again', async scene => {
    const people = oneTo(20).map(n => `u${n}`)
    const talk = await group(scene, 'a', ...people)
    const { id } = await scene.say(talk, 'a')
    const tasks = [...people, ...oneTo(10).map(() => 'a')].map(
      userId => (store: Scene['store']) => react(scene, id, userId, '👍', store),
    )
    const results = await atOnce(scene, tasks)
    equal(
      results.filter(result => result.kind === 'reacted' && result.added).length,
      25,
      'those that added one',
    )
    const message = await scene.store.message(id)
    equal([...(message?.reactions['👍'] ?? [])].sort(), [...people].sort(), 'who has reacted')
    equal((await scene.changes(talk)).length, 31, 'the changes')
  }),

  accept('[M26] more different emojis at once than there is room for', async scene => {
    const talk = await group(scene, 'a')
    const { id } = await scene.say(talk, 'a')
    const results = await atOnce(
      scene,
      oneTo(30).map(n => store => react(scene, id, 'a', emojiOf(n), store)),
    )
    equal(results.filter(({ kind }) => kind === 'reacted').length, REACTIONS_MAX, 'those that were added')
    const message = await scene.store.message(id)
    equal(Object.keys(message?.reactions ?? {}).length, REACTIONS_MAX, 'those that stand')
    await scene.changes(talk)
  }),
]
