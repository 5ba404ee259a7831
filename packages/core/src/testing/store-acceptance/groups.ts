import { GROUP_MAX, MARKS_MAX, PEOPLE_MAX } from '@parley/contracts'
import {
  addUsers,
  apiKey,
  by,
  change,
  changed,
  checkGroup,
  group,
  opened,
  openGroup,
  openPrivate,
  refusal,
  sessionIdsOf,
} from './chat.ts'
import { equal, matches, oneTo } from './check.ts'
import { accept, type Scene } from './scene.ts'

const came = (...added: string[]) => ({ kind: 'participants', added, removed: [] })
const left = (...removed: string[]) => ({ kind: 'participants', added: [], removed })
const same = { kind: 'same' }

const roles = async (scene: Scene, sessionId: string) => {
  const { items } = await scene.store.participants(sessionId, { limit: 100, skip: 0 }, false)
  return items.map(({ user, role }) => `${user.id} ${role}`)
}

const statusAndReaders = async (scene: Scene, sessionId: string) =>
  (await scene.messages(sessionId)).map(({ status, readBy }) => [
    status,
    ...readBy.map(({ userId }) => userId),
  ])

export const groups = [
  accept('[G4][G5] who makes a group owns it and takes part', async scene => {
    await scene.under.addPerson({ id: 'a', role: 'user', name: 'Ada' })
    await addUsers(scene, 'b', 'c')
    const request = { id: 'g', name: 'Ward 3', showsHistory: true }
    equal(
      await openGroup(scene, 'a', ['b', 'a', 'c'], request),
      { kind: 'opened', sessionId: 'g' },
      'the answer',
    )
    const session = await scene.session('g', 'b')
    const group = { type: 'group', name: 'Ward 3', ownerId: 'a', showsHistory: true, status: 'active' }
    matches(session, { ...group, lastSeq: 0, lastChange: 0, unreadCount: 0, userId: null }, 'it')
    equal([...session.participants].sort(), ['a', 'b', 'c'], 'the participants')
    equal(
      session.people.find(({ id }) => id === 'a'),
      { id: 'a', name: 'Ada', avatar: null },
      'a card',
    )
    matches(await scene.store.part('g', 'a'), { role: 'owner', visibleAfterSeq: 0, left: false }, 'its part')
    matches(await scene.store.part('g', 'b'), { role: 'member', visibleAfterSeq: 0, left: false }, 'another')
    const alone = opened(await openGroup(scene, 'b', []))
    matches(
      await scene.session(alone),
      { ownerId: 'b', participants: ['b'], showsHistory: false },
      'one alone',
    )
  }),

  accept('[G6] its owner and keys change it, others take themselves out', async scene => {
    const talk = await group(scene, 'a', 'b', 'c')
    await addUsers(scene, 'd')
    const [member, stranger, key] = [
      change(scene, talk, 'b'),
      change(scene, talk, 'd'),
      change(scene, talk, null),
    ]
    for (const [who, code] of [
      [member, 'forbidden'],
      [stranger, 'not_found'],
    ] as const) {
      equal(await who.add(['d']), refusal(code), 'adding')
      equal(await who.remove('c'), refusal(code), 'removing')
      equal(await who.update({ name: 'Mine' }), refusal(code), 'renaming')
      equal(await who.update({ ownerId: 'b' }), refusal(code), 'handing on')
    }
    equal(await stranger.remove('d'), refusal('not_found'), 'a stranger taking itself out')
    equal(await change(scene, 'nothing', null).update({ name: 'x' }), refusal('not_found'), 'no group')
    equal((await scene.session(talk)).lastChange, 0, 'lastChange')
    equal((await changed(member.remove('b'))).what, left('b'), 'taking itself out')
    equal(await member.remove('b'), refusal('not_found'), 'a second time')
    equal((await changed(key.add(['d', 'b']))).what, came('d', 'b'), 'a key adding')
    equal((await changed(change(scene, talk, 'a').remove('d'))).what, left('d'), 'the owner removing')
    equal((await changed(key.remove('c'))).what, left('c'), 'a key removing')
    const session = await checkGroup(scene, talk)
    equal([session.lastChange, [...session.participants].sort()], [4, ['a', 'b']], 'it')
  }),

  accept('[G6] private and support sessions take no such change', async scene => {
    await addUsers(scene, 'a', 'b', 'c')
    const pair = opened(await openPrivate(scene, 'a', 'b', { bringsTogether: true }))
    const support = await scene.start('a')
    for (const talk of [pair, support]) {
      equal(await change(scene, talk, 'a').add(['c']), refusal('conflict'), 'adding')
      equal(await change(scene, talk, 'a').remove('a'), refusal('conflict'), 'leaving')
      equal(await change(scene, talk, null).update({ name: 'x' }), refusal('conflict'), 'renaming, by a key')
      equal(await change(scene, talk, 'c').add(['c']), refusal('not_found'), 'by who takes no part')
    }
  }),

  accept('[G7][M13] who is added sees from then on; nothing of before is unread', async scene => {
    const talk = await group(scene, 'a', 'b')
    await addUsers(scene, 'c')
    await scene.say(talk, 'a')
    await scene.say(talk, 'a')
    await scene.read(talk, 'b', 2)
    await changed(change(scene, talk, 'a').add(['c']))
    matches(
      await scene.store.part(talk, 'c'),
      { visibleAfterSeq: 2, role: 'member', left: false },
      'its part',
    )
    const session = await scene.session(talk, 'c')
    matches(session, { unreadCount: 0, lastMessage: null, lastSeq: 2 }, 'the session')
    matches(
      session.marks.find(({ userId }) => userId === 'c'),
      { deliveredSeq: 2, readSeq: 2 },
      'its mark',
    )
    equal(
      await statusAndReaders(scene, talk),
      [
        ['read', 'b'],
        ['read', 'b'],
      ],
      'what was before',
    )
    const next = await scene.say(talk, 'a')
    matches(
      await scene.session(talk, 'c'),
      { unreadCount: 1, lastMessage: { id: next.id } },
      'with a message',
    )
    await scene.read(talk, 'c', 3)
    equal(
      await statusAndReaders(scene, talk),
      [
        ['read', 'b'],
        ['read', 'b'],
        ['sent', 'c'],
      ],
      '[M16] who has read',
    )
  }),

  accept('[G7] where the group shows its history, who is added sees all of it', async scene => {
    const talk = await group(scene, 'a', 'b')
    await addUsers(scene, 'c', 'd')
    const message = await scene.say(talk, 'a')
    await scene.read(talk, 'b', 1)
    await changed(change(scene, talk, 'a').update({ showsHistory: true }))
    await changed(change(scene, talk, 'a').add(['c']))
    matches(await scene.store.part(talk, 'c'), { visibleAfterSeq: 0 }, 'its part')
    matches(
      await scene.session(talk, 'c'),
      { unreadCount: 0, lastMessage: { id: message.id } },
      'the session',
    )
    equal(await statusAndReaders(scene, talk), [['read', 'b']], 'the status of what was before')
    await changed(change(scene, talk, 'a').update({ showsHistory: false }))
    await changed(change(scene, talk, 'a').add(['d']))
    matches(await scene.store.part(talk, 'd'), { visibleAfterSeq: 1 }, 'the part of one added then')
    matches(await scene.store.part(talk, 'c'), { visibleAfterSeq: 0 }, 'the part of the other')
  }),

  accept('[G7][G8] who comes back sees what is said then', async scene => {
    const talk = await group(scene, 'a', 'b', 'c')
    await scene.say(talk, 'a')
    await scene.say(talk, 'b')
    await changed(change(scene, talk, 'b').remove('b'))
    matches(await scene.store.part(talk, 'b'), { left: true }, 'its part')
    equal(await scene.append(talk, 'b'), refusal('not_found'), 'writing')
    equal(await scene.read(talk, 'b', 2), [], 'reading')
    equal([await sessionIdsOf(scene, 'b'), (await scene.store.unread('b')).size], [[], 0], 'its sessions')
    equal((await scene.session(talk, 'b')).unreadCount, null, 'unreadCount')
    await scene.say(talk, 'a')
    await changed(change(scene, talk, 'a').add(['b']))
    matches(
      await scene.store.part(talk, 'b'),
      { left: false, visibleAfterSeq: 3, role: 'member' },
      'its part',
    )
    matches(await scene.session(talk, 'b'), { unreadCount: 0, lastMessage: null }, 'the session')
    matches(await scene.store.userStats('b'), { totalMessages: 0, sentMessages: 0 }, 'the figures')
    await scene.say(talk, 'c')
    equal((await scene.session(talk, 'b')).unreadCount, 1, 'unread')
    equal(await roles(scene, talk), ['a owner', 'c member', 'b member'], 'the order of joining')
  }),

  accept('[G9] when the owner leaves, who has been there longest owns it', async scene => {
    const talk = await group(scene, 'a')
    await addUsers(scene, 'b', 'c', 'd')
    const key = change(scene, talk, null)
    for (const id of ['b', 'c', 'd']) {
      await scene.under.ageBy(1000)
      await changed(key.add([id]))
    }
    await changed(key.remove('b'))
    await scene.under.ageBy(1000)
    await changed(key.add(['b']))
    const { what, change: number } = await changed(change(scene, talk, 'a').remove('a'))
    equal([what, number], [left('a'), 6], 'the change')
    equal(await roles(scene, talk), ['c owner', 'd member', 'b member'], 'who is there')
    await changed(change(scene, talk, 'c').remove('c'))
    await changed(change(scene, talk, 'd').remove('b'))
    matches(await checkGroup(scene, talk), { ownerId: 'd', participants: ['d'] }, 'it')
  }),

  accept('[G9] a group that nobody is in stays; who is added to it first owns it', async scene => {
    const talk = await group(scene, 'a')
    await scene.say(talk, 'a')
    await changed(change(scene, talk, 'a').remove('a'))
    matches(await checkGroup(scene, talk), { ownerId: null, participants: [], people: [], lastSeq: 1 }, 'it')
    equal(await change(scene, talk, 'a').add(['a']), refusal('not_found'), 'coming back by itself')
    await addUsers(scene, 'b', 'c')
    await changed(change(scene, talk, null).add(['b', 'c']))
    matches(await checkGroup(scene, talk), { ownerId: 'b' }, 'with somebody in it')
  }),

  accept('[G10] one call is one change; what is so already is none', async scene => {
    const talk = await group(scene, 'a', 'b')
    await addUsers(scene, 'c', 'd')
    const { add, remove } = change(scene, talk, 'a')
    equal(await add(['b', 'a']), same, 'adding those who are there')
    const result = await add(['c', 'b', 'd', 'c'])
    equal(result, { kind: 'changed', change: 1, what: came('c', 'd') }, 'adding two who are not')
    equal(await remove('nobody'), refusal('not_found'), 'removing nobody')
    equal(await scene.changes(talk), [{ kind: 'session', change: 1, what: came('c', 'd') }], 'the changes')
  }),

  accept('[G11] another name, rule of history, or owner is one change', async scene => {
    const talk = await group(scene, 'a', 'b')
    const { update } = change(scene, talk, 'a')
    equal(await update({ name: 'Group', showsHistory: false, ownerId: 'a' }), same, 'as it is')
    const result = await update({ name: '新しい名前', showsHistory: true })
    equal(result, { kind: 'changed', change: 1, what: { kind: 'updated' } }, 'two at once')
    matches(await scene.session(talk), { name: '新しい名前', showsHistory: true, ownerId: 'a' }, 'it')
    equal(await update({ ownerId: 'nobody' }), refusal('not_found'), 'handing it to nobody')
    matches(await update({ ownerId: 'b' }), { kind: 'changed', change: 2 }, 'handing it on')
    matches(await checkGroup(scene, talk), { ownerId: 'b', name: '新しい名前' }, 'it')
    equal(await update({ name: 'Mine' }), refusal('forbidden'), 'the owner before')
    matches(await scene.store.part(talk, 'a'), { role: 'member', left: false }, 'its part')
    matches(await change(scene, talk, null).update({ ownerId: 'a' }), { change: 3 }, 'handed back by a key')
  }),

  accept('[G12] changes are audited where somebody is to be named', async scene => {
    await addUsers(scene, 'a', 'b', 'c')
    const audit = by(apiKey)
    const talk = opened(await openGroup(scene, 'a', ['b'], { audit }))
    const what = [
      { kind: 'add', userIds: ['c'], friendsOf: null, anyone: false, makesPeople: false },
      { kind: 'add', userIds: ['b'], friendsOf: null, anyone: false, makesPeople: false },
      { kind: 'update', name: 'Other' },
      { kind: 'remove', userId: 'c' },
      { kind: 'remove', userId: 'c' },
    ] as const
    for (const one of what) await scene.store.changeGroup({ sessionId: talk, byId: null, audit, what: one })
    await changed(change(scene, talk, 'a').update({ name: 'Unaudited' }))
    const rows = await scene.under.audits()
    const actions = [
      'session.group',
      'session.add-participants',
      'session.update',
      'session.remove-participant',
    ]
    matches(
      rows,
      actions.map(action => ({ action, actor: apiKey, targetId: talk })),
      'the audit',
    )
  }),

  accept('[G5] a group has so many people and no more', async scene => {
    await addUsers(scene, 'a')
    const others = oneTo(GROUP_MAX - 2).map(n => `u${String(n).padStart(4, '0')}`)
    const talk = opened(await openGroup(scene, 'a', others, { makesPeople: true }))
    const { add, remove } = change(scene, talk, null)
    const makesPeople = { makesPeople: true }
    equal(await add(['x', 'y'], makesPeople), refusal('conflict'), 'two more')
    await changed(add(['x'], makesPeople))
    equal(await add(['y'], makesPeople), refusal('conflict'), 'one more')
    equal(await add(['x', 'a']), same, 'those who are there')
    await changed(remove('x'))
    await changed(add(['y'], makesPeople))
    const session = await scene.session(talk, 'y')
    equal(
      [session.people.length, session.marks.length],
      [PEOPLE_MAX, MARKS_MAX],
      'how many the session names',
    )
    matches(
      session.marks.find(({ userId }) => userId === 'y'),
      { readSeq: 0 },
      'the reader’s mark',
    )
    equal(
      (await scene.store.participants(talk, { limit: 5, skip: 998 }, false)).total,
      GROUP_MAX,
      'the participants',
    )
    await scene.say(talk, 'a')
    equal((await scene.store.unread('y')).get(talk), 1, 'unread of one of them')
  }),
]
