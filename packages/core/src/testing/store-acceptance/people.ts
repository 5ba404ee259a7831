import type { Session, User } from '@parley/contracts'
import type { PeopleFilter, PersonPresence, Sight } from '../../ports/store/people-store.ts'
import { addUsers, befriend, change, changed, friendsWithSession, group } from './chat.ts'
import { between, equal, matches, ok } from './check.ts'
import { accept, type Scene } from './scene.ts'

const all = { kind: 'all' } as const
const peers = (of: string): Sight => ({ kind: 'peers', of })
const wide = { limit: 100, skip: 0 }
const ids = (people: readonly User[]) => people.map(({ id }) => id)

const found = async (scene: Scene, sight: Sight, filter: PeopleFilter = {}) =>
  ids((await scene.store.people(sight, filter, wide, false)).items)

const presence = async (scene: Scene, userId: string): Promise<PersonPresence | undefined> =>
  (await scene.store.presence([userId]))[0]

const statuses = async (scene: Scene, userId: string) => {
  const [user] = await scene.store.peopleById([userId], all, false)
  return [(await presence(scene, userId))?.status, user?.status]
}

const both = (status: string) => [status, status]

/** A user whose friend and group mate are others, and a customer of its own desk. */
async function neighbours(scene: Scene): Promise<Session['id']> {
  await scene.under.addPerson({ id: 'me', role: 'user', name: 'm' })
  await scene.under.addPerson({ id: 'friend', role: 'user', name: 'f' })
  await scene.under.addPerson({ id: 'mate', role: 'user', name: 'g' })
  await scene.under.addPerson({ id: 'gone', role: 'user', name: 'h', isActive: false })
  await scene.under.addPerson({ id: 'stranger', role: 'user', name: 's' })
  await scene.under.addPerson({ id: 'visitor', role: 'visitor', name: 'v' })
  await befriend(scene, 'me', 'friend')
  const talk = scene.newId('talk')
  const parts = ['me', 'mate', 'gone'].map(userId => ({ userId }))
  await scene.under.addTalk({ id: talk, type: 'group', parts })
  return talk
}

export const people = [
  accept('[U1] whom a person sees', async scene => {
    const talk = await neighbours(scene)
    await scene.operator('ann')
    await scene.start('me')
    equal(await found(scene, peers('me')), ['friend', 'mate', 'me'], 'its peers, by name')
    equal(await found(scene, peers('stranger')), ['stranger'], 'without any')
    equal(await found(scene, peers('ann')), ['ann'], 'an operator, of its customers')
    equal(
      (await found(scene, { kind: 'accounts' })).sort(),
      ['ann', 'friend', 'mate', 'me', 'stranger'],
      'accounts',
    )
    const everybody = await found(scene, all)
    ok(
      ['ann', 'friend', 'stranger', 'visitor'].every(id => everybody.includes(id)),
      'all are seen',
    )
    const asked = ['visitor', 'gone', 'nobody', 'mate', 'me', 'stranger']
    const byId = async (sight: Sight) => ids(await scene.store.peopleById(asked, sight, false))
    equal(await byId(all), ['visitor', 'gone', 'mate', 'me', 'stranger'], 'all of these')
    equal(await byId(peers('me')), ['mate', 'me'], 'the peers of these')
    equal(await byId({ kind: 'accounts' }), ['mate', 'me', 'stranger'], 'the accounts of these')
    await scene.store.changeGroup({
      sessionId: talk,
      byId: null,
      audit: null,
      what: { kind: 'remove', userId: 'mate' },
    })
    await scene.store.unfriend('me', 'friend')
    equal(await found(scene, peers('me')), ['me'], 'when all are gone')
  }),

  accept('[U1] who sees a person', async scene => {
    await neighbours(scene)
    await friendsWithSession(scene, 'me', 'pal')
    await scene.operator('ann')
    await scene.start('me')
    const peersOf = async (id: string, limit = 9) =>
      (await scene.store.peersOf(id, limit)).filter(one => one !== 'gone').sort()
    equal(await peersOf('me'), ['friend', 'mate', 'pal'], 'because of a session or friendship')
    equal([await peersOf('stranger'), await peersOf('nobody')], [[], []], 'of who has none')
    equal((await scene.store.peersOf('me', 2)).length, 2, 'two of them')
  }),

  accept('[U2] contacts are shown where that is asked for', async scene => {
    const contacts = { email: 'a@x.example', phone: '+491701' }
    const names = { username: 'ada', name: 'Ada', nickname: 'Lady A' }
    await scene.under.addPerson({ id: 'a', role: 'nurse', ...names, ...contacts })
    const none = { email: null, phone: null }
    const user = {
      id: 'a',
      username: 'ada',
      realName: 'Ada',
      nickname: 'Lady A',
      avatar: null,
      role: 'nurse',
    }
    const here = { status: 'offline', lastSeen: null, isActive: true }
    const list = (withContacts: boolean) => scene.store.people(all, {}, wide, withContacts)
    matches(await list(true), { items: [{ ...user, ...here, ...contacts }], total: 1 }, 'with them')
    matches(await list(false), { items: [{ ...user, ...none }] }, 'without')
    matches(await scene.store.peopleById(['a'], all, true), [contacts], 'one with them')
    matches(await scene.store.peopleById(['a'], all, false), [none], 'one without')
    const talk = scene.newId('talk')
    await scene.under.addTalk({ id: talk, type: 'group', parts: [{ userId: 'a' }] })
    const participants = async (withContacts: boolean) =>
      (await scene.store.participants(talk, wide, withContacts)).items.map(({ user: one }) => one.phone)
    equal([await participants(true), await participants(false)], [['+491701'], [null]], 'a participant')
  }),

  accept('[U1] people are found by name, role and presence, and listed in pages', async scene => {
    for (const [id, role, name] of [
      ['1', 'user', 'delta'],
      ['2', 'nurse', 'alpha'],
      ['3', 'user', 'charlie'],
      ['4', 'user', 'bravo'],
    ] as const)
      await scene.under.addPerson({ id, role, name, username: `login-${id}` })
    equal(await found(scene, all), ['2', '4', '3', '1'], 'by name')
    const page = async (limit: number, skip: number) => {
      const { items, total } = await scene.store.people(all, {}, { limit, skip }, false)
      return [ids(items), total]
    }
    equal(
      [await page(2, 1), await page(5, 4)],
      [
        [['4', '3'], 4],
        [[], 4],
      ],
      'in pages',
    )
    equal(await found(scene, all, { search: 'LPH' }), ['2'], 'part of a name')
    equal(await found(scene, all, { search: 'gin-3' }), ['3'], 'part of a login name')
    equal(
      [await found(scene, all, { search: '%' }), await found(scene, all, { search: '_' })],
      [[], []],
      'signs',
    )
    equal(await found(scene, all, { role: 'nurse' }), ['2'], 'by role')
    await scene.connect('node', '1', '2', '3')
    await scene.store.choosePresence('1', 'away')
    await scene.store.choosePresence('3', 'offline')
    equal(await found(scene, all, { online: true }), ['2', '1'], 'who is there and does not hide it')
    equal(await found(scene, all, { online: true, role: 'user', search: 'd' }), ['1'], 'all of it')
  }),

  accept('[U3] online, away, or hidden, until the last connection ends', async scene => {
    await addUsers(scene, 'a')
    equal(await statuses(scene, 'a'), both('offline'), 'without a connection')
    const [first = ''] = await scene.connect('n1', 'a')
    const [second = ''] = await scene.connect('n2', 'a')
    equal(await statuses(scene, 'a'), both('online'), 'with one')
    await scene.store.choosePresence('a', 'away')
    equal(await statuses(scene, 'a'), both('away'), 'away')
    await scene.store.choosePresence('a', 'offline')
    equal(await statuses(scene, 'a'), both('offline'), 'hidden')
    await scene.store.choosePresence('a', 'online')
    equal(await statuses(scene, 'a'), both('online'), 'back')
    await scene.store.choosePresence('a', 'away')
    await scene.disconnect('n1', first)
    equal(await statuses(scene, 'a'), both('away'), 'with another connection')
    await scene.disconnect('n2', second)
    equal(await statuses(scene, 'a'), both('offline'), 'with none')
    await scene.connect('n1', 'a')
    equal(await statuses(scene, 'a'), both('online'), 'when it comes again')
    await scene.store.choosePresence('a', 'offline')
    await scene.store.leave('n1', 0)
    await scene.connect('n1', 'a')
    equal(await statuses(scene, 'a'), both('online'), 'after its node has left')
    await scene.store.choosePresence('nobody', 'away')
  }),

  accept('[U3] what it has said is forgotten with a node that dies', async scene => {
    await addUsers(scene, 'a')
    await scene.connect('n1', 'a')
    await scene.store.choosePresence('a', 'offline')
    await scene.under.ageBy(20_000)
    await scene.store.heartbeat('n2')
    equal(await scene.store.reapNodes({ olderThanMs: 10_000, graceMs: 0 }), { gone: ['a'] }, 'who is gone')
    await scene.connect('n2', 'a')
    equal(await statuses(scene, 'a'), both('online'), 'when it comes again')
  }),

  accept('[U5] lastSeen is the end of the last connection, or a call', async scene => {
    await addUsers(scene, 'a')
    await scene.under.addPerson({ id: 'nurse', role: 'nurse' })
    const lastSeen = async () => (await presence(scene, 'a'))?.lastSeen ?? null
    equal(
      await presence(scene, 'a'),
      { userId: 'a', role: 'user', status: 'offline', lastSeen: null },
      'at first',
    )
    const [connection = ''] = await scene.connect('n1', 'a')
    equal(await lastSeen(), null, 'while it is there')
    await scene.disconnect('n1', connection)
    const gone = await lastSeen()
    ok(gone !== null, 'it is told when it was seen')
    await scene.under.ageBy(10_000)
    await scene.store.seen(['a'])
    between(
      Date.parse((await lastSeen()) ?? ''),
      Date.parse(gone ?? ''),
      Date.parse(gone ?? '') + 60_000,
      'seen again',
    )
    const [user] = await scene.store.peopleById(['a'], all, false)
    equal(user?.lastSeen, await lastSeen(), 'of the person')
    const several = await scene.store.presence(['nurse', 'nobody', 'a'])
    equal(several.map(({ userId, role }) => `${userId} ${role}`).sort(), ['a user', 'nurse nurse'], 'several')
  }),

  accept('[U4] who came with a first connection anywhere, and who went', async scene => {
    await addUsers(scene, 'a', 'b')
    await scene.store.heartbeat('n1')
    await scene.store.heartbeat('n2')
    const move = async (
      nodeId: string,
      opened: readonly (readonly [string, string])[],
      closed: string[] = [],
    ) => {
      const leases = opened.map(([connectionId, userId]) => ({ connectionId, userId }))
      const { came, gone } = await scene.store.changeLeases({ nodeId, opened: leases, closed, graceMs: 0 })
      return [[...came].sort(), [...gone].sort()]
    }
    equal(
      await move('n1', [
        ['c1', 'a'],
        ['c2', 'a'],
        ['c3', 'b'],
      ]),
      [['a', 'b'], []],
      'the first',
    )
    equal(await move('n1', [['c1', 'a']]), [[], []], 'one that is open')
    equal(await move('n2', [['c4', 'a']]), [[], []], 'another')
    equal(await move('n1', [['c5', 'b']], ['c3']), [[], []], 'one for another')
    equal(await move('n1', [], ['c1', 'c2', 'c5']), [[], ['b']], 'the last of one')
    equal(await move('n2', [['c6', 'b']], ['c4']), [['b'], ['a']], 'one comes, one goes')
  }),

  accept('who takes part, in the order of joining, in pages', async scene => {
    const talk = await group(scene, 'a')
    await addUsers(scene, 'b', 'c')
    const page = async (limit: number, skip: number) => {
      const { items, total } = await scene.store.participants(talk, { limit, skip }, false)
      return [items.map(({ user, role }) => `${user.id} ${role}`), total]
    }
    for (const id of ['c', 'b']) {
      await scene.under.ageBy(1000)
      await changed(change(scene, talk, 'a').add([id]))
    }
    equal(await page(9, 0), [['a owner', 'c member', 'b member'], 3], 'all')
    equal(
      [await page(1, 1), await page(2, 2)],
      [
        [['c member'], 3],
        [['b member'], 3],
      ],
      'in pages',
    )
    const { items } = await scene.store.participants(talk, wide, false)
    const { createdAt } = await scene.session(talk)
    const [made, joined] = [Date.parse(createdAt), Date.parse(items[0]?.joinedAt ?? '')]
    between(joined, made, made + 1000, 'when the first joined')
    equal((await scene.session(talk)).participants, ['a', 'c', 'b'], 'the participants of the session')
    await changed(change(scene, talk, 'a').remove('c'))
    equal(await page(9, 0), [['a owner', 'b member'], 2], 'without who has left')
    equal(await scene.store.participants('nothing', wide, false), { items: [], total: 0 }, 'of no session')
    const support = await scene.conversation()
    const there = (await scene.store.participants(support, wide, false)).items
    equal(
      there.map(({ user, role }) => `${user.id} ${role}`),
      ['visitor visitor', 'ann operator'],
      'of a support session',
    )
  }),
]
