import type { FriendRequest, User } from '@parley/contracts'
import { addUsers, ask, befriend, friendsWithSession, refusal } from './chat.ts'
import { equal, matches } from './check.ts'
import { accept, type Scene } from './scene.ts'

const words = (requests: readonly FriendRequest[]) =>
  requests.map(({ userId, friendId, message }) => `${userId} → ${friendId}: ${message}`)
const toAndFrom = async (scene: Scene, userId: string) => [
  words(await scene.store.requestsTo(userId)),
  words(await scene.store.requestsFrom(userId)),
]
const friendIds = async (scene: Scene, userId: string) =>
  (await scene.store.friendsOf(userId)).map(({ friendId }) => friendId)
const ids = (people: readonly User[]) => people.map(({ id }) => id).sort()
const none = [[], []]

export const befriending = [
  accept('[F1] who is nobody, no account or not active can’t be asked', async scene => {
    await addUsers(scene, 'a')
    await scene.under.addPerson({ id: 'visitor', role: 'visitor' })
    await scene.under.addPerson({ id: 'bot', role: 'system' })
    await scene.under.addPerson({ id: 'gone', role: 'user', isActive: false })
    for (const id of ['nobody', 'visitor', 'bot', 'gone'])
      equal(await ask(scene, 'a', id), refusal('not_found'), `the answer to asking ${id}`)
    equal(await toAndFrom(scene, 'a'), none, 'the requests')
    await scene.under.addPerson({ id: 'nurse', role: 'nurse' })
    matches(await ask(scene, 'a', 'nurse'), { kind: 'pending' }, 'the answer to asking staff')
  }),

  accept('[F2][U2] asked twice is one request, with the words of the last time', async scene => {
    await scene.under.addPerson({
      id: 'a',
      role: 'user',
      name: 'Ada',
      phone: '+491701',
      email: 'a@x.example',
    })
    await scene.under.addPerson({ id: 'b', role: 'user', nickname: 'Bea', phone: '+491702' })
    const first = await ask(scene, 'a', 'b', 'Hi')
    const common = { userId: 'a', friendId: 'b', status: 'pending' }
    const bea = { id: 'b', nickname: 'Bea', phone: null }
    const ada = { id: 'a', realName: 'Ada', phone: null, email: null }
    matches(first, { kind: 'pending', request: { ...common, message: 'Hi', user: bea } }, 'the answer')
    matches(first, { shown: { ...common, message: 'Hi', user: ada } }, 'what the other one is told')
    const again = await ask(scene, 'a', 'b', 'It’s me')
    matches(again, { kind: 'pending', shown: null, request: { message: 'It’s me' } }, 'the second answer')
    const id = first.kind === 'pending' ? first.request.id : ''
    matches(await scene.store.requestsTo('b'), [{ ...common, id, message: 'It’s me', user: ada }], 'to it')
    matches(await scene.store.requestsFrom('a'), [{ ...common, id, message: 'It’s me', user: bea }], 'of it')
    equal([await scene.store.requestsFrom('b'), await scene.store.requestsTo('a')], none, 'the other way')
  }),

  accept('requests are listed newest first', async scene => {
    await addUsers(scene, 'a', 'b', 'c', 'd', 'e')
    for (const [from, to] of [
      ['c', 'a'],
      ['b', 'a'],
      ['d', 'a'],
      ['a', 'e'],
      ['b', 'e'],
    ] as const) {
      await ask(scene, from, to)
      await scene.under.ageBy(1000)
    }
    const to = async (id: string) => (await scene.store.requestsTo(id)).map(({ userId }) => userId)
    const from = async (id: string) => (await scene.store.requestsFrom(id)).map(({ friendId }) => friendId)
    equal(
      [await to('a'), await to('e')],
      [
        ['d', 'b', 'c'],
        ['b', 'a'],
      ],
      'who asks',
    )
    equal([await from('a'), await from('b')], [['e'], ['e', 'a']], 'who is asked')
  }),

  accept('[F3] who asks the one who has asked is its friend', async scene => {
    await addUsers(scene, 'a', 'b')
    await ask(scene, 'a', 'b')
    const result = await ask(scene, 'b', 'a', 'Me too')
    matches(
      result,
      { kind: 'befriended', request: { userId: 'b', friendId: 'a', status: 'accepted' } },
      'the answer',
    )
    const pair = result.kind === 'befriended' ? result.pair : undefined
    equal(pair?.sessionId, null, 'their session')
    matches(pair?.friends.get('a'), { id: 'b', friendId: 'b', remark: null }, 'what the one sees')
    matches(pair?.friends.get('b'), { id: 'a', friendId: 'a', remark: null }, 'what the other sees')
    equal([await friendIds(scene, 'a'), await friendIds(scene, 'b')], [['b'], ['a']], 'the friends')
    equal([await toAndFrom(scene, 'a'), await toAndFrom(scene, 'b')], [none, none], 'the requests left')
  }),

  accept('[F4] only who was asked accepts, and again changes nothing', async scene => {
    await addUsers(scene, 'a', 'b', 'c')
    await ask(scene, 'a', 'b')
    for (const [from, by] of [
      ['b', 'a'],
      ['a', 'c'],
      ['c', 'b'],
    ] as const)
      equal(await scene.store.accept(from, by), null, `${by} accepts ${from}`)
    const pair = await scene.store.accept('a', 'b')
    matches(pair?.friends.get('b'), { friendId: 'a', remark: null }, 'whom it has as a friend')
    equal(await toAndFrom(scene, 'b'), none, 'the requests left')
    await scene.store.remark('b', 'a', 'Ada')
    await scene.under.ageBy(5000)
    const since = (await scene.store.friendsOf('b'))[0]?.friendSince
    const again = await scene.store.accept('a', 'b')
    matches(again?.friends.get('b'), { friendId: 'a', remark: 'Ada', friendSince: since }, 'accepted again')
    equal(await scene.store.accept('b', 'a').then(found => found !== null), true, 'by the other one')
  }),

  accept('[F4][F5] who was asked rejects, who asked withdraws; no list has it then', async scene => {
    await addUsers(scene, 'a', 'b')
    const { store } = scene
    await ask(scene, 'a', 'b')
    equal([await store.reject('b', 'a'), await store.withdraw('b', 'a')], [false, false], 'the other way')
    equal([await store.reject('a', 'b'), await store.reject('a', 'b')], [true, false], 'rejected twice')
    equal([await toAndFrom(scene, 'a'), await toAndFrom(scene, 'b')], [none, none], 'the requests left')
    equal(await store.accept('a', 'b'), null, 'accepting it then')
    matches(await ask(scene, 'a', 'b'), { shown: { userId: 'a' } }, 'asked anew')
    equal([await store.withdraw('a', 'b'), await store.withdraw('a', 'b')], [true, false], 'withdrawn twice')
    equal(
      [await store.reject('a', 'b'), await store.accept('a', 'b')],
      [false, null],
      'what is left to answer',
    )
    equal([await toAndFrom(scene, 'a'), await toAndFrom(scene, 'b')], [none, none], 'the requests left')
  }),

  accept('[F6] removing a friend ends it for both, the session stays', async scene => {
    const sessionId = await friendsWithSession(scene, 'a', 'b')
    await scene.say(sessionId, 'a')
    await scene.store.remark('a', 'b', 'Bea')
    equal(
      [await scene.store.unfriend('b', 'a'), await scene.store.unfriend('a', 'b')],
      [true, false],
      'removed by each',
    )
    equal([await friendIds(scene, 'a'), await friendIds(scene, 'b')], none, 'the friends left')
    equal((await scene.messages(sessionId)).length, 1, 'the messages to read')
    matches(await scene.store.part(sessionId, 'b'), { left: false }, 'its part')
    await befriend(scene, 'b', 'a')
    matches(await scene.store.friendsOf('a'), [{ friendId: 'b', remark: null }], 'friends again')
  }),

  accept('[F9] a remark is one’s own; friends go by remark, nickname, real name', async scene => {
    await addUsers(scene, 'me')
    await scene.under.addPerson({ id: '1', role: 'user', name: 'anna', nickname: 'delta' })
    await scene.under.addPerson({ id: '2', role: 'user', name: 'bert' })
    await scene.under.addPerson({ id: '3', role: 'user', name: 'zora', nickname: 'coco', phone: '+491703' })
    for (const id of ['1', '2', '3']) await befriend(scene, 'me', id)
    equal(await friendIds(scene, 'me'), ['2', '3', '1'], 'by their names')
    matches(
      await scene.store.remark('me', '1', 'alpha'),
      { id: '1', remark: 'alpha', nickname: 'delta' },
      'it',
    )
    equal(await friendIds(scene, 'me'), ['1', '2', '3'], 'with the remark')
    matches(await scene.store.friendsOf('1'), [{ friendId: 'me', remark: null }], 'what the other one sees')
    matches(await scene.store.friendsOf('3'), [{ friendId: 'me' }], 'what another one sees')
    matches((await scene.store.friendsOf('me'))[2], { friendId: '3', phone: null }, '[U2] no number')
    matches(await scene.store.remark('me', '1', null), { remark: null }, 'taken away')
    equal(await scene.store.remark('me', 'stranger', 'x'), null, 'of who is no friend')
  }),

  accept('[F7] a block keeps requests away, and the blocked one is not told', async scene => {
    await addUsers(scene, 'a', 'b')
    await ask(scene, 'a', 'b', 'before')
    equal(await scene.store.block('b', 'a'), true, 'the block')
    equal([await toAndFrom(scene, 'a'), await toAndFrom(scene, 'b')], [none, none], 'what it had asked')
    const result = await ask(scene, 'a', 'b', 'Hi')
    matches(
      result,
      { kind: 'pending', shown: null, request: { status: 'pending', message: 'Hi' } },
      'the answer',
    )
    equal(await toAndFrom(scene, 'a'), [[], ['a → b: Hi']], 'what it sees of its own')
    equal(await toAndFrom(scene, 'b'), none, 'what the one who blocks sees')
    equal(
      [await scene.store.accept('a', 'b'), await scene.store.reject('a', 'b')],
      [null, false],
      'to answer',
    )
    equal(await toAndFrom(scene, 'a'), [[], ['a → b: Hi']], 'what it sees of its own then')
    equal(await ask(scene, 'b', 'a'), refusal('conflict'), 'asking whom one has blocked')
    await scene.store.unblock('b', 'a')
    equal(await toAndFrom(scene, 'b'), none, 'after the block')
    matches(await ask(scene, 'a', 'b', 'Again'), { shown: { message: 'Again' } }, 'asked again')
    equal(await toAndFrom(scene, 'b'), [['a → b: Again'], []], 'what it sees then')
  }),

  accept('[F7] what is kept away can be withdrawn; a block leaves the friendship', async scene => {
    await addUsers(scene, 'a', 'b', 'c')
    await scene.store.block('b', 'a')
    await ask(scene, 'a', 'b')
    equal(await scene.store.withdraw('a', 'b'), true, 'withdrawn')
    await befriend(scene, 'b', 'c')
    equal(
      [await scene.store.block('b', 'c'), await scene.store.block('b', 'c')],
      [true, true],
      'blocked twice',
    )
    equal(await scene.store.block('b', 'nobody'), false, 'blocking nobody')
    equal(await friendIds(scene, 'c'), ['b'], 'the friends of the blocked one')
    equal(ids(await scene.store.blockedBy('b')), ['a', 'c'], 'whom it blocks')
    equal([await scene.store.blockedBy('a'), await scene.store.blockedBy('c')], none, 'whom the others block')
    await scene.store.unblock('b', 'c')
    await scene.store.unblock('b', 'nobody')
    equal(ids(await scene.store.blockedBy('b')), ['a'], 'whom it blocks then')
  }),

  accept('[F10][F11] who may write is kept with the session and changes at once', async scene => {
    const sessionId = await friendsWithSession(scene, 'a', 'b')
    const { store } = scene
    const answers = async (anyone = false) => {
      const results = await Promise.all(['a', 'b'].map(id => scene.append(sessionId, id, { anyone })))
      return results.map(result => (result.kind === 'refused' ? result.code : result.kind))
    }
    const stored = ['stored', 'stored']
    const refused = ['not_friends', 'not_friends']
    equal(await answers(), stored, 'friends')
    await store.unfriend('a', 'b')
    equal([await answers(), await answers(true)], [refused, stored], 'no more, and where anyone may')
    matches(await scene.append(sessionId, 'a', { mustTakePart: false }), { kind: 'stored' }, 'a key for it')
    await ask(scene, 'b', 'a')
    equal((await store.accept('b', 'a'))?.sessionId, sessionId, 'the session of the friends')
    equal(await answers(), stored, 'friends again')
    await store.block('b', 'a')
    equal([await answers(), await answers(true)], [refused, refused], 'blocked, anyone or not')
    await store.block('a', 'b')
    await store.unblock('b', 'a')
    equal(await answers(true), refused, 'blocked from the other side')
    await store.unblock('a', 'b')
    equal(await answers(), stored, 'after the blocks')
    await scene.changes(sessionId)
  }),

  accept('[U6] people are found by part of a nickname or the exact number', async scene => {
    await scene.under.addPerson({ id: 'me', role: 'user', nickname: 'Anneliese', phone: '+491700' })
    await scene.under.addPerson({
      id: 'a',
      role: 'user',
      nickname: 'Anne',
      phone: '+491701',
      email: 'a@x.example',
    })
    await scene.under.addPerson({ id: 'b', role: 'nurse', nickname: 'Joanne' })
    await scene.under.addPerson({ id: 'c', role: 'user', nickname: 'Anne 100%', isActive: false })
    await scene.under.addPerson({ id: 'd', role: 'visitor', nickname: 'Anne' })
    await scene.under.addPerson({ id: 'e', role: 'user', name: 'Anne', nickname: 'Bob_100%' })
    const found = async (by: Parameters<typeof scene.store.findPeople>[0], limit = 20) =>
      ids(await scene.store.findPeople(by, 'me', limit))
    equal(await found({ nickname: 'aNNe' }), ['a', 'b'], 'by nickname')
    equal((await found({ nickname: 'anne' }, 1)).length, 1, 'one of them')
    equal([await found({ nickname: '100%' }), await found({ nickname: 'b_1' })], [['e'], ['e']], 'signs')
    equal([await found({ nickname: 'b%1' }), await found({ nickname: '__' })], none, 'no wildcards')
    equal([await found({ phone: '+491701' }), await found({ phone: '+49170' })], [['a'], []], 'by number')
    equal(await found({ phone: '+491700' }), [], 'never oneself')
    matches(
      await scene.store.findPeople({ phone: '+491701' }, 'me', 9),
      [{ phone: null, email: null }],
      '[U2] it',
    )
  }),
]
