import { describe, expect, it } from 'vitest'
import { memoryStorage } from './storage.ts'
import { settle } from './testing/sim-clock.ts'
import { createLocks } from './testing/sim-sends.ts'
import { createSimWorld } from './testing/sim-world.ts'
import type { Observable, ParleyClient } from './types.ts'

const use = (observable: Observable<unknown>) => observable.subscribe(() => undefined)

function createTwo() {
  const world = createSimWorld()
  const { server, as } = world
  const lin = as(server.person('lin', 'user'))
  const ben = as(server.person('ben', 'user'))
  return { ...world, lin, ben }
}

const shown = ({ friends }: ParleyClient) => {
  const { friends: all, requests, sent } = friends.getSnapshot()
  return {
    friends: all.map(({ id }) => id),
    requests: requests.map(({ userId }) => userId),
    sent: sent.map(({ friendId }) => friendId),
  }
}

describe('friends', () => {
  it('are asked and accept, and both see it at once', async () => {
    const { lin, ben } = createTwo()
    const news: string[] = []
    ben.on('friendRequest', ({ request }) => void news.push(`${request.userId} asks: ${request.message}`))
    ben.on('friendAdded', ({ friend }) => void news.push(`${friend.id} is a friend`))
    use(lin.friends)
    use(ben.friends)
    await settle()
    expect(lin.friends.getSnapshot()).toMatchObject({ loading: false, error: null })
    await lin.friends.request({ userId: 'ben', message: 'Hi' })
    await settle()
    expect(shown(lin)).toEqual({ friends: [], requests: [], sent: ['ben'] })
    expect(shown(ben)).toEqual({ friends: [], requests: ['lin'], sent: [] })
    await ben.friends.accept('lin')
    await settle()
    expect(shown(lin)).toEqual({ friends: ['ben'], requests: [], sent: [] })
    expect(shown(ben)).toEqual({ friends: ['lin'], requests: [], sent: [] })
    expect(news).toEqual(['lin asks: Hi', 'lin is a friend'])
  })

  it('who ask each other are friends at once', async () => {
    const { lin, ben } = createTwo()
    use(lin.friends)
    use(ben.friends)
    await settle()
    await lin.friends.request({ userId: 'ben' })
    expect(await ben.friends.request({ userId: 'lin' })).toMatchObject({ status: 'accepted' })
    await settle()
    expect(shown(lin)).toEqual({ friends: ['ben'], requests: [], sent: [] })
    expect(shown(ben)).toEqual({ friends: ['lin'], requests: [], sent: [] })
  })

  it('are turned down, taken back, parted with and blocked', async () => {
    const { lin, ben, server } = createTwo()
    use(lin.friends)
    use(ben.friends)
    await settle()
    await lin.friends.request({ userId: 'ben' })
    await settle()
    await ben.friends.reject('lin')
    expect(shown(ben).requests).toEqual([])
    await ben.friends.request({ userId: 'lin' })
    await ben.friends.withdraw('lin')
    expect(shown(ben).sent).toEqual([])
    server.friends.befriend('lin', 'ben')
    await settle()
    await lin.friends.remove('ben')
    await settle()
    expect([shown(lin).friends, shown(ben).friends]).toEqual([[], []])
    await lin.friends.block('ben')
    expect((await lin.friends.blocked()).map(({ id }) => id)).toEqual(['ben'])
    await ben.friends.request({ userId: 'lin' })
    await settle()
    expect(shown(lin).requests).toEqual([])
    await lin.friends.unblock('ben')
    expect(await lin.friends.blocked()).toEqual([])
    expect((await lin.friends.find('+49 30 1234')).map(({ id }) => id)).toEqual(['owner of +49 30 1234'])
  })

  it('are called by one’s own word, wherever they are shown', async () => {
    const { lin, server } = createTwo()
    server.friends.befriend('lin', 'ben')
    server.chat('private', 'p1', ['ben', 'lin'])
    use(lin.friends)
    use(lin.chats)
    await settle()
    const title = () => lin.chats.getSnapshot().chats[0]?.title
    expect(title()).toBe('ben')
    await lin.friends.remark('ben', 'Benny')
    server.sessions.get('p1')?.send({ senderId: 'ben', text: 'Hi' })
    await settle()
    expect(title()).toBe('Benny')
    expect(lin.person('ben').getSnapshot()).toMatchObject({ name: 'Benny' })
    await lin.friends.remark('ben', '')
    expect(lin.friends.getSnapshot().friends[0]?.remark).toBeNull()
  })

  it('that changed while nobody heard are asked for again', async () => {
    const { lin, server, time } = createTwo()
    use(lin.friends)
    await settle()
    server.down()
    server.friends.befriend('lin', 'ben')
    server.up()
    await time.advance(20_000)
    expect(shown(lin).friends).toEqual(['ben'])
  })
})

describe('presence', () => {
  it('is known from the start, follows, and is shown with the friends', async () => {
    const { lin, ben, server } = createTwo()
    server.friends.befriend('lin', 'ben')
    ben.connect()
    await settle()
    expect(lin.presence('ben')).toBe(lin.presence('ben'))
    expect(lin.presence('ben').getSnapshot()).toBeNull()
    use(lin.presence('ben'))
    use(lin.presence('eve'))
    use(lin.friends)
    await settle()
    expect(lin.presence('ben').getSnapshot()).toMatchObject({ status: 'online' })
    expect(lin.presence('eve').getSnapshot()).toMatchObject({ status: 'offline' })
    await ben.setStatus('away')
    await settle()
    expect(lin.presence('ben').getSnapshot()).toMatchObject({ status: 'away' })
    expect(lin.friends.getSnapshot().friends[0]).toMatchObject({ id: 'ben', status: 'away' })
  })

  it('that one has said oneself is said again on a new connection', async () => {
    const { ben, server, time } = createTwo()
    ben.connect()
    await settle()
    await ben.setStatus('away')
    server.statuses.clear()
    server.cut()
    await time.advance(20_000)
    expect(server.statuses.get('ben')).toBe('away')
  })

  it('needs a connection to be said', async () => {
    const { ben } = createTwo()
    await expect(ben.setStatus('away')).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('people', () => {
  it('are found, listed and known by name', async () => {
    const { lin, server } = createTwo()
    expect((await lin.users.list()).items.map(({ id }) => id).toSorted()).toEqual(['ben', 'lin'])
    expect(await lin.users.search('be')).toMatchObject([{ id: 'ben' }])
    expect(await lin.users.get('ben')).toMatchObject({ id: 'ben' })
    await expect(lin.users.get('eve')).rejects.toMatchObject({ code: 'not_found' })
    server.person('eve', 'user')
    const person = lin.person('eve')
    expect(person.getSnapshot()).toBeNull()
    use(person)
    await settle()
    expect(person.getSnapshot()).toEqual({ id: 'eve', name: 'eve', avatar: null })
    const asked = server.asked.length
    use(lin.person('ben'))
    await settle()
    expect(server.asked).toHaveLength(asked)
  })

  it('change how they are shown', async () => {
    const { lin } = createTwo()
    lin.connect()
    await settle()
    const image = new File(['png'], 'me.png', { type: 'image/png' })
    expect(await lin.profile.setAvatar(image)).toMatchObject({ avatar: '/files/avatar' })
    expect(await lin.profile.get()).toMatchObject({ id: 'lin' })
  })
})

describe('a login', () => {
  const createPhone = () => {
    const world = createSimWorld()
    const storage = memoryStorage()
    const locks = createLocks()
    const tab = () => world.client({ kind: 'login' }, storage, { environment: { locks } })
    return { ...world, storage, tab }
  }
  const code = { phone: '+49 30 1234', code: '123456', nickname: 'lin' }

  it('is had by a code, connects, and is there after a reload and in other tabs', async () => {
    const { tab } = createPhone()
    const first = tab()
    expect(await first.login.isSignedIn()).toBe(false)
    expect(await first.login.sendCode(code.phone)).toEqual({ expiresIn: 300, retryAfter: 60 })
    await expect(first.login.verifyCode({ ...code, code: '000000' })).rejects.toMatchObject({
      code: 'unauthorized',
    })
    expect(await first.login.verifyCode(code)).toMatchObject({ isNewUser: true, user: { id: 'lin' } })
    await settle()
    expect(first.connection.getSnapshot().status).toBe('online')
    expect(first.me.getSnapshot()).toMatchObject({ id: 'lin' })
    const second = tab()
    expect(await second.login.isSignedIn()).toBe(true)
    expect(await second.call('auth.me')).toMatchObject({ id: 'lin' })
  })

  it('is renewed by one of many tabs that need it at once: a refresh token is good for one use', async () => {
    const { tab, server } = createPhone()
    const first = tab()
    await first.login.withPassword({ username: 'lin', password: 'secret' })
    const tabs = [first, tab(), tab(), tab()]
    await settle()
    server.people.clear()
    const answers = await Promise.all(tabs.map(each => each.call('auth.me')))
    expect(answers).toMatchObject([{ id: 'lin' }, { id: 'lin' }, { id: 'lin' }, { id: 'lin' }])
    expect(server.asked.filter(asked => asked.endsWith('refresh-token'))).toHaveLength(1)
  })

  it('is renewed by one tab where the platform has no locks either', async () => {
    const world = createSimWorld()
    const storage = memoryStorage()
    const tabs = Array.from({ length: 3 }, () => world.client({ kind: 'login' }, storage))
    await tabs[0]?.login.withPassword({ username: 'lin', password: 'secret' })
    await settle()
    world.server.people.clear()
    const answers = Promise.all(tabs.map(each => each.call('auth.me')))
    await world.time.advance(60_000)
    expect(await answers).toMatchObject([{ id: 'lin' }, { id: 'lin' }, { id: 'lin' }])
    expect(world.server.asked.filter(asked => asked.endsWith('refresh-token'))).toHaveLength(1)
  })

  it('that the server has ended is over in every tab', async () => {
    const { tab, server } = createPhone()
    const first = tab()
    await first.login.withPassword({ username: 'lin', password: 'secret' })
    await settle()
    server.people.clear()
    server.refresh('refresh 1 of lin')
    server.cut()
    await settle()
    await expect(first.call('auth.me')).rejects.toMatchObject({ code: 'unauthorized' })
    expect(await tab().login.isSignedIn()).toBe(false)
  })

  it('ends with a logout, whether or not the server can be reached', async () => {
    const { tab, server } = createPhone()
    const first = tab()
    await first.login.withPassword({ username: 'lin', password: 'secret' })
    await settle()
    server.down()
    await first.login.logout()
    expect(await first.login.isSignedIn()).toBe(false)
    expect(first.me.getSnapshot()).toBeNull()
    expect(first.connection.getSnapshot()).toEqual({ status: 'idle' })
  })

  it('is not for clients whose tokens somebody else keeps', async () => {
    const { as, server } = createPhone()
    const { login } = as(server.person('lin', 'user'))
    await expect(login.verifyCode(code)).rejects.toMatchObject({ code: 'forbidden' })
    expect(server.asked).toEqual([])
  })
})
