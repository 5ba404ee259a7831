import { describe, expect, it } from 'vitest'
import { ParleyError } from './errors.ts'
import { settle } from './testing/sim-clock.ts'
import { createSimWorld } from './testing/sim-world.ts'
import type { ChatHandle, Observable, ParleyClient } from './types.ts'

const use = (observable: Observable<unknown>) => observable.subscribe(() => undefined)

/** Lin and Ben share a group with Ada, who is staff. */
function createTeam() {
  const world = createSimWorld()
  const { server } = world
  const lin = world.as(server.person('lin', 'user'))
  const ben = world.as(server.person('ben', 'user'))
  const ada = world.as(server.operator('ada'))
  const group = server.chat('group', 'g1', ['ada', 'ben', 'lin'], 'Ward 3')
  return { ...world, lin, ben, ada, group }
}

const listed = ({ chats }: ParleyClient) =>
  chats.getSnapshot().chats.map(({ title, unreadCount }) => `${title} ${unreadCount}`)
const texts = (handle: ChatHandle) => handle.getSnapshot().messages.map(({ text }) => text)

describe.each(['lin', 'ada'] as const)('the chats of %s', name => {
  it('are there, live, and latest first, without support sessions', async () => {
    const { server, group, ...people } = createTeam()
    server.chat('private', 'p1', ['ben', name])
    server.session('s1', name)
    const client = people[name]
    use(client.chats)
    await settle()
    expect(listed(client).toSorted()).toEqual(['Ward 3 0', 'ben 0'])
    group.send({ senderId: 'ben', text: 'Hello' })
    await people.time.advance(200)
    expect(listed(client)).toEqual(['Ward 3 1', 'ben 0'])
    expect(client.chats.getSnapshot()).toMatchObject({ unreadCount: 1, loading: false, error: null })
    const [chat] = client.chats.getSnapshot().chats
    expect(chat?.session.lastMessage).toMatchObject({ text: 'Hello' })
  })

  it('show one that comes while they are looked at, with its first message, and drop one that is left', async () => {
    const { server, time, ...people } = createTeam()
    const client = people[name]
    const heard: string[] = []
    client.on('message', ({ message }) => void heard.push(message.text))
    client.on('opened', ({ session }) => void heard.push(`opened ${session.id}`))
    const lengths = new Set<number>()
    client.chats.subscribe(() => void lengths.add(client.chats.getSnapshot().chats.length))
    await settle()
    const made = server.chat('private', 'p1', ['ben', name])
    made.send({ senderId: 'ben', text: 'Hi' })
    lengths.clear()
    await time.advance(200)
    // Between the two it is not gone again.
    expect([...lengths]).toEqual([2])
    expect(listed(client)[0]).toBe('ben 1')
    expect(heard).toEqual(['opened p1', 'Hi'])
    await client.session('g1').leave()
    await time.advance(200)
    expect(listed(client)).toEqual(['ben 1'])
  })

  it('lose the text of a recalled last message, and what it counted', async () => {
    const { group, time, ...people } = createTeam()
    const client = people[name]
    const recalled: string[] = []
    client.on('recalled', ({ messageId }) => void recalled.push(messageId))
    use(client.chats)
    use(client.unread)
    await settle()
    group.send({ senderId: 'ben', text: 'secret' })
    await settle()
    expect(client.unread.getSnapshot().count).toBe(1)
    group.recall(1)
    await time.advance(200)
    const [chat] = client.chats.getSnapshot().chats
    expect(chat).toMatchObject({ unreadCount: 0, session: { lastMessage: { text: '', recalled: true } } })
    expect(client.unread.getSnapshot()).toEqual({ count: 0, sessions: {}, loading: false })
    expect(recalled).toEqual(['g1-m1'])
  })

  it('are asked for again after a cut, and say what came meanwhile', async () => {
    const { server, group, time, ...people } = createTeam()
    const client = people[name]
    use(client.chats)
    use(client.unread)
    await settle()
    server.down()
    group.send({ senderId: 'ben', text: 'Hello' })
    server.chat('private', 'p1', ['ben', name]).send({ senderId: 'ben', text: 'Hi' })
    server.up()
    await time.advance(20_000)
    expect(listed(client).toSorted()).toEqual(['Ward 3 1', 'ben 1'])
    expect(client.unread.getSnapshot()).toMatchObject({ count: 2, sessions: { g1: 1, p1: 1 } })
  })
})

describe('what is unread', () => {
  it('is the same on two devices of a person, whichever of them reads', async () => {
    const { server, group, as, time } = createTeam()
    const token = server.person('lin', 'user')
    const phone = as(token)
    const tablet = as(token)
    for (const device of [phone, tablet]) {
      use(device.unread)
      use(device.chats)
    }
    await settle()
    for (const text of ['one', 'two', 'three']) group.send({ senderId: 'ben', text })
    await settle()
    expect([phone, tablet].map(device => device.unread.getSnapshot().count)).toEqual([3, 3])
    const session = phone.session('g1')
    await session.ready()
    session.markRead(2)
    await time.advance(200)
    expect([phone, tablet].map(device => device.unread.getSnapshot().count)).toEqual([1, 1])
    expect([phone, tablet].map(listed)).toEqual([['Ward 3 1'], ['Ward 3 1']])
  })

  it('counts support sessions too, and what is not heard by the server’s word', async () => {
    const { server, lin } = createTeam()
    const support = server.session('s1', 'lin')
    support.assign('ada')
    support.send({ senderId: 'ada', senderType: 'operator', text: 'How can I help?' })
    use(lin.unread)
    await settle()
    expect(lin.unread.getSnapshot()).toEqual({ count: 1, sessions: { s1: 1 }, loading: false })
  })
})

describe('a chat', () => {
  async function createTalk() {
    const team = createTeam()
    const mine = team.lin.session('g1')
    const theirs = team.ben.session('g1')
    use(mine)
    use(theirs)
    await settle()
    mine.send('one')
    theirs.send('two')
    await settle()
    return { ...team, mine, theirs }
  }

  it('is made for two once, and for many with a name', async () => {
    const { lin, ben, server } = createTeam()
    const one = await lin.openPrivate('ben')
    const two = await ben.openPrivate('lin')
    await Promise.all([one.ready(), two.ready()])
    expect(one.getSnapshot().id).toBe(two.getSnapshot().id)
    const group = await lin.createGroup({ name: 'Night', userIds: ['ben'] })
    await group.ready()
    expect(group.getSnapshot().session).toMatchObject({ type: 'group', name: 'Night', ownerId: 'lin' })
    expect(server.sessions.has('Night')).toBe(true)
  })

  it('shows a recall to both, and why one was refused', async () => {
    const { mine, theirs, server } = await createTalk()
    await mine.recall('g1-m1')
    await settle()
    for (const side of [mine, theirs]) expect(texts(side)).toEqual(['', 'two'])
    expect(theirs.getSnapshot().messages[0]).toMatchObject({ recalled: true, file: null, reactions: {} })
    await expect(mine.recall('g1-m2')).rejects.toMatchObject({ code: 'forbidden' })
    server.recallPassed = true
    await expect(theirs.recall('g1-m2')).rejects.toMatchObject({ code: 'recall_window_passed' })
    await theirs.delete('g1-m2')
    await settle()
    expect(texts(mine)).toEqual(['', ''])
  })

  it('takes the text out of what quotes a recalled message, sent or not', async () => {
    const { mine, theirs, server, time } = await createTalk()
    theirs.send('three', { replyTo: 'g1-m1' })
    await settle()
    server.down()
    theirs.send('four', { replyTo: 'g1-m1' })
    const quotes = () =>
      theirs
        .getSnapshot()
        .messages.slice(2)
        .map(({ quote }) => quote?.text)
    expect(quotes()).toEqual(['one', 'one'])
    server.up()
    await time.advance(20_000)
    expect(quotes()).toEqual(['one', 'one'])
    await mine.recall('g1-m1')
    await settle()
    expect(quotes()).toEqual(['', ''])
    expect(mine.getSnapshot().messages[2]?.quote).toMatchObject({ text: '', recalled: true })
  })

  it('shows reactions to both, and takes one back', async () => {
    const { mine, theirs } = await createTalk()
    await mine.react('g1-m2', '👍')
    await settle()
    for (const side of [mine, theirs])
      expect(side.getSnapshot().messages[1]).toMatchObject({ reactions: { '👍': ['lin'] } })
    await mine.react('g1-m2', '👍')
    await settle()
    expect(theirs.getSnapshot().messages[1]).toMatchObject({ reactions: {} })
  })

  it('is forwarded once, even if the answer was lost', async () => {
    const { mine, server, lin } = await createTalk()
    const other = server.chat('private', 'p1', ['ben', 'lin'])
    use(lin.session('p1'))
    await settle()
    const ids = () => other.messages.map(({ forwardedFrom }) => forwardedFrom)
    const lost = mine.forward('g1-m2', ['p1'])
    server.reachable = true
    await lost
    expect(ids()).toEqual(['g1-m2'])
    expect(lin.session('p1').getSnapshot().messages).toMatchObject([{ text: 'two', forwardedFrom: 'g1-m2' }])
    server.failNext.push(new ParleyError('unavailable'))
    await expect(mine.forward('g1-m1', ['p1'])).rejects.toMatchObject({ code: 'unavailable' })
    await mine.forward('g1-m1', ['p1'])
    expect(ids()).toEqual(['g1-m2', 'g1-m1'])
  })

  it('says who has read a message', async () => {
    const { mine, theirs } = await createTalk()
    theirs.markRead()
    mine.markRead()
    await settle()
    expect(mine.readBy('g1-m2')).toEqual({ readers: [{ userId: 'lin', at: null }], count: 1 })
    expect(theirs.readBy('g1-m1')).toMatchObject({ count: 1 })
    expect(mine.readBy('unknown')).toEqual({ readers: [], count: 0 })
  })

  it('has people by the page, and follows who comes and goes', async () => {
    const { mine, ada, group, time } = await createTalk()
    const people = mine.participants()
    expect(mine.participants()).toBe(people)
    use(people)
    await settle()
    const names = () => people.getSnapshot().items.map(({ user }) => user.id)
    expect(names()).toEqual(['ada', 'ben', 'lin'])
    await ada.session('g1').add(['eve'])
    await time.advance(1000)
    expect(names()).toEqual(['ada', 'ben', 'lin', 'eve'])
    // Who comes is told without a name: the session was asked for.
    expect(mine.getSnapshot().session?.people.map(({ name }) => name)).toEqual(['ada', 'ben', 'lin', 'eve'])
    group.leave('ben')
    await time.advance(1000)
    expect(names()).toEqual(['ada', 'lin', 'eve'])
  })

  it('is renamed and handed on', async () => {
    const { mine, ada } = await createTalk()
    await ada.session('g1').update({ name: 'Ward 4', ownerId: 'lin' })
    await settle()
    expect(mine.getSnapshot().session).toMatchObject({ name: 'Ward 4', ownerId: 'lin' })
  })

  it('closes for one who is removed: nothing of it is left, here or after a reload', async () => {
    const { mine, ada, lin, group } = await createTalk()
    const closed: unknown[] = []
    lin.on('closed', event => void closed.push(event))
    await ada.session('g1').remove('lin')
    await settle()
    expect(mine.getSnapshot()).toMatchObject({ closed: 'removed', messages: [], session: null })
    expect(closed).toEqual([{ sessionId: 'g1', reason: 'removed' }])
    group.send({ senderId: 'ben', text: 'behind your back' })
    await settle()
    expect(texts(mine)).toEqual([])
  })

  it('closes for one who was removed while it was away', async () => {
    const { mine, server, group, time } = await createTalk()
    server.down()
    group.leave('lin')
    server.up()
    await time.advance(20_000)
    expect(mine.getSnapshot()).toMatchObject({ closed: 'removed', messages: [] })
  })

  it('opens again for one who is added again', async () => {
    const { mine, lin, ada, time } = await createTalk()
    use(lin.chats)
    await settle()
    await ada.session('g1').remove('lin')
    await settle()
    await ada.session('g1').add(['lin'])
    await time.advance(1000)
    expect(mine.getSnapshot()).toMatchObject({ closed: null, session: { id: 'g1' } })
    expect(lin.chats.getSnapshot().chats.map(({ id }) => id)).toEqual(['g1'])
  })

  it('that is left says that it was left', async () => {
    const { mine, group } = await createTalk()
    await mine.leave()
    await settle()
    expect(mine.getSnapshot().closed).toBe('left')
    expect(group.session.participants).toEqual(['ada', 'ben'])
  })
})

describe('a search', () => {
  it('finds page by page, newest first, and loses what is recalled', async () => {
    const { lin, group } = createTeam()
    for (let n = 1; n <= 25; n++) group.send({ senderId: 'ben', text: `order ${n}` })
    use(lin.session('g1'))
    const search = lin.search({ keyword: 'order' })
    use(search)
    await settle()
    expect(search.getSnapshot()).toMatchObject({ total: 25, hasMore: true, loading: false })
    expect(search.getSnapshot().items[0]?.text).toBe('order 25')
    await search.loadMore()
    expect(search.getSnapshot()).toMatchObject({ hasMore: false, total: 25 })
    expect(search.getSnapshot().items).toHaveLength(25)
    group.recall(25)
    await settle()
    expect(search.getSnapshot().items[0]?.text).toBe('order 24')
    expect(search.getSnapshot().total).toBe(24)
  })

  it('for nothing finds nothing, and asks nobody', async () => {
    const { lin, server } = createTeam()
    const search = lin.search({ keyword: '  ' })
    use(search)
    await settle()
    expect(search.getSnapshot()).toMatchObject({ items: [], hasMore: false, error: null })
    expect(server.asked).not.toContain('GET /api/chat/messages/search')
  })

  it('that fails says so, and is tried again on demand', async () => {
    const { lin, server, group } = createTeam()
    group.send({ senderId: 'ben', text: 'order' })
    server.failNext.push(new ParleyError('unavailable'))
    const search = lin.search({ keyword: 'order' })
    use(search)
    await settle()
    expect(search.getSnapshot()).toMatchObject({ items: [], loading: false, error: { code: 'unavailable' } })
    await search.loadMore()
    expect(search.getSnapshot()).toMatchObject({ error: null, total: 1 })
  })
})
