import type { RawInput } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { anyone, caller, failure, key, RulesWorld } from '../../test/rules-world.ts'
import type { Caller } from '../access/caller.ts'
import { announcePresence } from './announce-presence.ts'

let world: RulesWorld
let ann: Caller
let bob: Caller
let otto: Caller
const contacts = { email: 'ann@example.com', phone: '+4915112345678' }

async function populate(settings: ConstructorParameters<typeof RulesWorld>[0] = {}): Promise<void> {
  world = new RulesWorld(settings)
  ann = world.user('ann', { ...contacts, nickname: 'Annie' })
  bob = world.user('bob', { email: 'bob@example.com', phone: '+4915187654321', nickname: 'Bobby' })
  world.user('carl')
  world.user('gone', { isActive: false, nickname: 'Bygone' })
  world.person('vera', 'visitor')
  otto = await world.operator('otto')
  await world.befriend(ann, bob)
}
beforeEach(() => populate())

const list = async (who: Caller, more: RawInput<'user.list'> = {}) =>
  (await world.call('user.list', who, more)).items.map(({ id }) => id)
const get = (who: Caller, userId: string) => world.call('user.get', who, { userId })

describe('whom one sees', () => {
  it('[U1] staff and keys all', async () => {
    const all = ['ann', 'bob', 'carl', 'gone', 'otto', 'vera']
    for (const who of [otto, key, caller('nurse', 'nurse'), caller('boss', 'admin')])
      expect((await list(who)).sort()).toEqual(all)
    expect(await list(key, { role: 'operator' })).toEqual(['otto'])
    expect(await list(key, { search: 'ANN' })).toEqual(['ann'])
    const page = await world.call('user.list', key, { page: 2, limit: 4 })
    expect(page).toMatchObject({ pagination: { total: 6, totalPages: 2 } })
    expect(page.items).toHaveLength(2)
  })

  it('[U1] others themselves and those they share a private or group session or a friendship with', async () => {
    expect(await list(ann)).toEqual(['ann', 'bob'])
    expect(await list(caller('vera', 'visitor'))).toEqual(['vera'])
    await world.call('session.group', key, { name: 'All', participantIds: ['carl', 'ann', 'vera'] })
    expect(await list(ann)).toEqual(['ann', 'bob', 'carl', 'vera'])
    expect(await list(caller('vera', 'visitor'))).toEqual(['ann', 'carl', 'vera'])
    expect(await list(bob)).toEqual(['ann', 'bob'])
    await world.start(ann)
    expect(await list(ann)).not.toContain('otto')
    expect(await list(caller('bot', 'system'))).toEqual([])
  })

  it('[U1] users all who are active and have an account, where the site lets anyone write', async () => {
    await populate({ directMessages: 'anyone' })
    expect(await list(ann)).toEqual(['ann', 'bob', 'carl', 'otto'])
    expect(await list(caller('vera', 'visitor'))).toEqual(['vera'])
    expect(await get(ann, 'carl')).toMatchObject({ id: 'carl', email: null, phone: null })
    await expect(get(ann, 'vera')).rejects.toEqual(failure('not_found'))
  })

  it('[U1][I5] who is not seen is not found', async () => {
    expect(await get(ann, 'bob')).toMatchObject({ id: 'bob' })
    for (const id of ['carl', 'otto', 'vera', 'gone', 'nobody'])
      await expect(get(ann, id)).rejects.toEqual(failure('not_found'))
    expect(await get(otto, 'gone')).toMatchObject({ isActive: false })
    await expect(get(key, 'nobody')).rejects.toEqual(failure('not_found'))
    await expect(get(anyone, 'ann')).rejects.toEqual(failure('unauthorized'))
    await expect(list(anyone)).rejects.toEqual(failure('unauthorized'))
  })

  it('[U2] e-mail and phone to staff, keys and the person itself, to nobody else', async () => {
    for (const who of [otto, key, ann]) {
      expect(await get(who, 'ann')).toMatchObject(contacts)
      const { items } = await world.call('user.list', who, {})
      expect(items.find(({ id }) => id === 'ann')).toMatchObject(contacts)
    }
    const none = { email: null, phone: null }
    expect(await get(bob, 'ann')).toMatchObject(none)
    const { items } = await world.call('user.list', ann, {})
    expect(items.find(({ id }) => id === 'bob')).toMatchObject(none)
    await world.connect('ann')
    await world.connect('bob')
    expect(await world.call('user.online', ann, {})).toMatchObject([contacts, none])
  })
})

describe('user.online', () => {
  const online = async (who: Caller) =>
    (await world.call('user.online', who, {})).map(({ id, status }) => [id, status])

  it('[U3] names those with a connection that they don’t hide, as far as the caller sees them', async () => {
    for (const id of ['ann', 'bob', 'carl']) await world.connect(id)
    expect(await online(ann)).toEqual([
      ['ann', 'online'],
      ['bob', 'online'],
    ])
    await world.call('user.set-status', bob, { status: 'away' })
    await world.call('user.set-status', caller('carl', 'user'), { status: 'offline' })
    expect(await online(key)).toEqual([
      ['ann', 'online'],
      ['bob', 'away'],
    ])
    await expect(online(anyone)).rejects.toEqual(failure('unauthorized'))
  })
})

describe('user.set-status', () => {
  const choose = (who: Caller, status: 'online' | 'offline' | 'away') =>
    world.call('user.set-status', who, { status })

  it('[U3] needs a connection', async () => {
    await expect(choose(ann, 'away')).rejects.toMatchObject({
      ...{ code: 'conflict', params: { reason: 'no_connection' } },
    })
    await world.connect('ann')
    expect(await choose(ann, 'away')).toEqual({ userId: 'ann', status: 'away', lastSeen: null })
    expect(await get(bob, 'ann')).toMatchObject({ status: 'away' })
    expect(await choose(ann, 'online')).toEqual({ userId: 'ann', status: 'online', lastSeen: null })
    await expect(choose(key, 'away')).rejects.toEqual(failure('forbidden'))
    await expect(choose(anyone, 'away')).rejects.toEqual(failure('unauthorized'))
  })

  it('[U4] is told to those who see the person, to itself and to staff', async () => {
    await world.connect('ann')
    await choose(ann, 'away')
    const last = world.said.at(-1)
    expect(last).toMatchObject({
      ...{ kind: 'people', staffToo: true },
      happening: { name: 'presence.changed', data: { userId: 'ann', status: 'away' } },
    })
    expect(last?.kind === 'people' && [...last.userIds].sort()).toEqual(['ann', 'bob'])
  })

  it('[U4] of visitors and automatic senders nothing is told', async () => {
    world.person('bot', 'system')
    const before = world.said.length
    const publish = { publish: world.said.push.bind(world.said) }
    const bus = { ...publish, subscribe: () => () => undefined, onRecovered: () => () => undefined }
    await announcePresence(world.store, bus, ['vera', 'bot', 'nobody'])
    expect(world.said).toHaveLength(before)
    await announcePresence(world.store, bus, ['otto'])
    expect(world.said.at(-1)).toMatchObject({ userIds: ['otto'], staffToo: true })
  })
})

describe('user.public', () => {
  const profile = (who: Caller, userId: string) => world.call('user.public', who, { userId })

  it('[U1][U2][U5] is names and picture; whether somebody is there, those who see it are told', async () => {
    await world.connect('ann')
    await world.connect('carl')
    const stranger = { status: 'offline', lastSeen: null, email: null, phone: null }
    expect(await profile(caller('carl', 'user'), 'ann')).toMatchObject({ ...stranger, nickname: 'Annie' })
    expect(await profile(bob, 'ann')).toMatchObject({ status: 'online', email: null, phone: null })
    expect(await profile(otto, 'carl')).toMatchObject({ status: 'online' })
  })

  it('[U6] of who has an account and is active, to who has one', async () => {
    for (const id of ['vera', 'gone', 'nobody'])
      await expect(profile(ann, id)).rejects.toEqual(failure('not_found'))
    await expect(profile(anyone, 'ann')).rejects.toEqual(failure('unauthorized'))
    for (const who of [key, caller('vera', 'visitor'), caller('bot', 'system')])
      await expect(profile(who, 'ann')).rejects.toEqual(failure('forbidden'))
  })
})

describe('user.search', () => {
  const search = (who: Caller, keyword: string) => world.call('user.search', who, { keyword })
  const found = async (who: Caller, keyword: string) => (await search(who, keyword)).map(({ id }) => id)

  it('[U6] by part of the nickname or the exact phone number, which no answer repeats', async () => {
    const carl = caller('carl', 'user')
    expect(await found(carl, 'NNI')).toEqual(['ann'])
    expect(await found(carl, ' +49 151 12345678 ')).toEqual(['ann'])
    expect(await found(carl, '+491511234567')).toEqual([])
    expect(await found(carl, '   ')).toEqual([])
    expect(await search(carl, 'Annie')).toMatchObject([{ email: null, phone: null }])
    expect(await search(otto, '+4915112345678')).toMatchObject([{ id: 'ann', email: null, phone: null }])
  })

  it('[U6] neither oneself, nor who is not active, nor visitors', async () => {
    world.person('vick', 'visitor', 'vick', { nickname: 'Byron' })
    expect(await found(ann, 'by')).toEqual(['bob'])
    expect(await found(bob, 'by')).toEqual([])
  })

  it('[U5] at most 20, and their presence only to who sees them', async () => {
    for (let n = 0; n < 25; n += 1) world.user(`twin-${n}`, { nickname: 'Twin' })
    expect(await found(ann, 'twin')).toHaveLength(20)
    await world.connect('bob')
    expect(await search(ann, 'bobby')).toMatchObject([{ id: 'bob', status: 'online' }])
    expect(await search(caller('carl', 'user'), 'bobby')).toMatchObject([{ id: 'bob', status: 'offline' }])
  })

  it('[I1] is for who has an account', async () => {
    await expect(search(anyone, 'x')).rejects.toEqual(failure('unauthorized'))
    for (const who of [key, caller('vera', 'visitor'), caller('bot', 'system')])
      await expect(search(who, 'x')).rejects.toEqual(failure('forbidden'))
  })
})

describe('stats.user', () => {
  const stats = (who: Caller, userId: string) => world.call('stats.user', who, { userId })

  it('[M29][U1] counts what the person sees, and whom it sees online', async () => {
    const talk = await world.privately(ann, 'bob')
    await world.say(ann, talk.id)
    await world.say(ann, talk.id)
    await world.say(bob, talk.id)
    for (const id of ['ann', 'bob', 'carl']) await world.connect(id)
    const figures = { totalSessions: 1, totalMessages: 3, onlineUsers: 2 }
    expect(await stats(ann, 'ann')).toEqual({
      ...{ ...figures, sentMessages: 2, receivedMessages: 1, unreadMessages: 1 },
    })
    expect(await stats(otto, 'bob')).toMatchObject({ ...figures, sentMessages: 1, unreadMessages: 0 })
    expect(await stats(key, 'otto')).toMatchObject({ totalSessions: 0, onlineUsers: 3 })
  })

  it('[I3] of oneself; of others to staff and keys', async () => {
    await expect(stats(bob, 'ann')).rejects.toEqual(failure('identity_mismatch'))
    await expect(stats(anyone, 'ann')).rejects.toEqual(failure('unauthorized'))
    await expect(stats(key, 'nobody')).rejects.toEqual(failure('not_found'))
    await expect(stats(otto, 'nobody')).rejects.toEqual(failure('not_found'))
  })
})
