import type { Store } from '../../ports/store.ts'
import {
  addUsers,
  apiKey,
  atOnce,
  befriend,
  by,
  friendsWithSession,
  opened,
  openPrivate,
  refusal,
  sessionIdsOf,
} from './chat.ts'
import { equal, matches, ok, oneTo } from './check.ts'
import { accept } from './scene.ts'

const refusedAs = refusal('not_friends')

export const privateSessions = [
  accept('[G1][S8] two friends have one private session, from either side', async scene => {
    await scene.under.addPerson({ id: 'a', role: 'user', name: 'Ada' })
    await scene.under.addPerson({ id: 'b', role: 'user', nickname: 'Bea' })
    await befriend(scene, 'a', 'b')
    equal(await scene.store.privateSession('a', 'b'), null, 'before')
    const result = await openPrivate(scene, 'a', 'b', { id: 'p' })
    equal(result, { kind: 'opened', sessionId: 'p', created: true }, 'the answer')
    equal(
      await openPrivate(scene, 'b', 'a'),
      { kind: 'opened', sessionId: 'p', created: false },
      'the other’s',
    )
    const found = [await scene.store.privateSession('a', 'b'), await scene.store.privateSession('b', 'a')]
    equal([...found, await scene.store.privateSession('a', 'c')], ['p', 'p', null], 'asked for')
    const session = await scene.session('p', 'a')
    matches(
      session,
      { type: 'private', status: 'active', name: null, ownerId: null, showsHistory: false },
      'it',
    )
    matches(session, { lastSeq: 0, lastChange: 0, unreadCount: 0, userId: null, operatorId: null }, 'it')
    equal([...session.participants].sort(), ['a', 'b'], 'the participants')
    const cards = [...session.people].sort((one, other) => (one.id < other.id ? -1 : 1))
    equal(
      cards,
      [
        { id: 'a', name: 'Ada', avatar: null },
        { id: 'b', name: 'Bea', avatar: null },
      ],
      'the people',
    )
    equal(
      await scene.store.part('p', 'b'),
      { userId: 'b', role: 'member', visibleAfterSeq: 0, left: false },
      'a part',
    )
    equal(await scene.store.part('p', 'c'), null, 'no part')
  }),

  accept('[G1] both open it twenty times at once: it is one', async scene => {
    await addUsers(scene, 'a', 'b')
    await befriend(scene, 'a', 'b')
    const open = (n: number) => (store: Store) =>
      n % 3 === 0 ? openPrivate(scene, 'a', 'b', {}, store) : openPrivate(scene, 'b', 'a', {}, store)
    const results = await atOnce(scene, oneTo(20).map(open))
    equal(new Set(results.map(opened)).size, 1, 'the sessions')
    equal(
      results.filter(result => result.kind === 'opened' && result.created).length,
      1,
      'those that made one',
    )
    equal(
      [(await sessionIdsOf(scene, 'a')).length, (await sessionIdsOf(scene, 'b')).length],
      [1, 1],
      'of each',
    )
  }),

  accept('[G2][F10] the two open it if they may write to each other', async scene => {
    await addUsers(scene, 'a', 'b', 'c')
    await scene.under.addPerson({ id: 'nurse', role: 'nurse' })
    equal(await openPrivate(scene, 'a', 'b'), refusedAs, 'no friends')
    equal(await scene.store.privateSession('a', 'b'), null, 'what was made')
    matches(await openPrivate(scene, 'a', 'nurse'), { created: true }, 'with staff')
    matches(await openPrivate(scene, 'a', 'b', { anyone: true }), { created: true }, 'where anyone may')
    await scene.store.block('c', 'a')
    equal(await openPrivate(scene, 'a', 'c', { anyone: true }), refusedAs, 'blocked, where anyone may')
    await scene.store.block('c', 'nurse')
    equal(await openPrivate(scene, 'nurse', 'c'), refusedAs, 'blocked staff')
  }),

  accept('[G2] one that is there is answered as it is, whoever may write in it', async scene => {
    const sessionId = await friendsWithSession(scene, 'a', 'b')
    await scene.store.unfriend('a', 'b')
    matches(await openPrivate(scene, 'b', 'a'), { kind: 'opened', sessionId, created: false }, 'the answer')
    equal(await scene.append(sessionId, 'a'), refusedAs, 'writing in it')
  }),

  accept('[G3][F10] a key or staff brings two together, also where the session was there', async scene => {
    await addUsers(scene, 'a', 'b', 'c')
    const sessionId = opened(await openPrivate(scene, 'a', 'b', { bringsTogether: true }))
    await scene.say(sessionId, 'a')
    await scene.store.block('a', 'b')
    equal(await scene.append(sessionId, 'b'), refusedAs, 'blocked')
    await scene.store.unblock('a', 'b')
    await scene.say(sessionId, 'b')
    const old = opened(await openPrivate(scene, 'a', 'c', { anyone: true }))
    equal(await scene.append(old, 'c'), refusedAs, 'in one that was opened where anyone may')
    matches(
      await openPrivate(scene, 'c', 'a', { bringsTogether: true }),
      { sessionId: old, created: false },
      'it',
    )
    await scene.say(old, 'c')
    equal((await scene.session(old)).lastChange, 1, 'its changes')
  }),

  accept('[G3] a key opens it for two of whom one has blocked the other; they may not write', async scene => {
    await addUsers(scene, 'a', 'b')
    await scene.store.block('b', 'a')
    const sessionId = opened(await openPrivate(scene, 'a', 'b', { bringsTogether: true, anyone: true }))
    equal(await scene.append(sessionId, 'a', { anyone: true }), refusedAs, 'writing in it')
    await scene.store.unblock('b', 'a')
    await scene.say(sessionId, 'a')
  }),

  accept('[S11][G2] unknown people are not found, or made as users', async scene => {
    await addUsers(scene, 'a')
    const unknown = { bringsTogether: true }
    equal(await openPrivate(scene, 'a', 'new', unknown), refusal('not_found'), 'with an unknown one')
    equal(await openPrivate(scene, 'new', 'a', unknown), refusal('not_found'), 'for an unknown one')
    equal(await scene.store.person('new'), null, 'who was made')
    matches(
      await openPrivate(scene, 'new', 'newer', { ...unknown, makesPeople: true }),
      { created: true },
      'by a key',
    )
    matches(await scene.store.person('newer'), { role: 'user', isActive: true, name: null }, 'who was made')
  }),

  accept('[G12] it is audited where it changes something and somebody is to be named', async scene => {
    await addUsers(scene, 'a', 'b')
    await befriend(scene, 'a', 'b')
    const audit = by(apiKey)
    await openPrivate(scene, 'a', 'b')
    await openPrivate(scene, 'a', 'b', { audit })
    const sessionId = opened(await openPrivate(scene, 'a', 'b', { audit, bringsTogether: true }))
    await openPrivate(scene, 'a', 'b', { audit, bringsTogether: true })
    const rows = (await scene.under.audits()).map(({ actor, action, targetId }) => ({
      actor,
      action,
      targetId,
    }))
    equal(rows, [{ actor: apiKey, action: 'session.private', targetId: sessionId }], 'the audit')
  }),

  accept('[M28] its messages are for the other one, whatever was said', async scene => {
    const sessionId = await friendsWithSession(scene, 'a', 'b')
    equal((await scene.say(sessionId, 'a')).receiverId, 'b', 'of the one')
    equal((await scene.say(sessionId, 'b', { receiverId: 'c' })).receiverId, 'a', 'of the other')
    equal(
      (await scene.messages(sessionId)).map(({ receiverId }) => receiverId),
      ['b', 'a'],
      'as it is read',
    )
  }),

  accept('[M3][G1] the first message twenty times at once, each opening the session, is one', async scene => {
    await addUsers(scene, 'a', 'b')
    await befriend(scene, 'a', 'b')
    const results = await atOnce(
      scene,
      oneTo(20).map(() => async store => {
        const sessionId = opened(await openPrivate(scene, 'a', 'b', {}, store))
        return store.append(scene.requestOf(sessionId, 'a', { clientMessageId: 'same' }))
      }),
    )
    const kinds = results.map(({ kind }) => kind)
    equal(kinds.filter(kind => kind === 'stored').length, 1, 'those that stored one')
    ok(!kinds.includes('refused'), 'none is refused')
    const [sessionId = ''] = await sessionIdsOf(scene, 'b')
    equal(
      (await scene.messages(sessionId)).map(({ seq }) => seq),
      [1],
      'the seqs',
    )
    equal((await scene.session(sessionId, 'b')).unreadCount, 1, 'unread')
  }),

  accept('[M3] a repeat is answered when the two may write no more', async scene => {
    const sessionId = await friendsWithSession(scene, 'a', 'b')
    const { id } = await scene.say(sessionId, 'a', { clientMessageId: 'c' })
    await scene.store.unfriend('a', 'b')
    const again = await scene.append(sessionId, 'a', { clientMessageId: 'c' })
    matches(again, { kind: 'duplicate', message: { id } }, 'the answer')
  }),

  accept('[M27] whether a message could be written, before any is', async scene => {
    const ended = await scene.conversation('a')
    await scene.end(ended)
    const mine = await friendsWithSession(scene, 'a', 'b')
    await addUsers(scene, 'c', 'd')
    const lost = opened(await openPrivate(scene, 'a', 'c', { anyone: true }))
    const theirs = opened(await openPrivate(scene, 'c', 'd', { anyone: true }))
    const sessionIds = [ended, mine, lost, theirs, 'nothing']
    const refusals = async (more: { anyone?: boolean; mustTakePart?: boolean }) => {
      const query = { sessionIds, senderId: 'a', mustTakePart: true, anyone: false, ...more }
      return Object.fromEntries(await scene.store.writeRefusals(query))
    }
    const hidden = { [theirs]: 'not_found', nothing: 'not_found' }
    const over = { [ended]: 'session_ended' }
    equal(await refusals({}), { ...over, [lost]: 'not_friends', ...hidden }, 'a person')
    equal(await refusals({ anyone: true }), { ...over, ...hidden }, 'where anyone may')
    equal(await refusals({ mustTakePart: false }), { ...over, nothing: 'not_found' }, 'a key')
  }),
]
