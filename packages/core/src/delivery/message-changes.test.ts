import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import { People } from '../../test/people.ts'
import type { Node } from '../node/node.ts'
import { COMPARE_EVERY_MS } from '../node/schedule.ts'
import { GAP_WAIT_MS } from './catch-up.ts'

let world: NodeWorld
let here: Node
let there: Node
let people: People

beforeEach(async () => {
  world = new NodeWorld()
  here = await world.node()
  there = await world.node()
  people = new People(world, here, 'ana', 'ben', 'cy')
})

const soon = () => world.clock.pass(2 * GAP_WAIT_MS)

describe('what happens to messages and groups', () => {
  it('[M25][M26][G11] is told in order with everything else, live and from the store alike', async () => {
    const group = await people.group(['ana', 'ben', 'cy'])
    const ana = await people.inbox('ana', here)
    const cy = await people.inbox('cy', there)
    world.bus.loses = ({ kind }) => kind === 'change'
    const messageId = await people.say(group, 'ana', 'hello')
    const ben = await people.connect('ben')
    for (const emoji of ['👍', '🎉', '👍']) await world.call(ben, 'message.react', { messageId, emoji })
    await world.call(ana, 'session.update', { sessionId: group, name: 'Band' })
    await world.call(ana, 'message.recall', { messageId })
    await world.call(ana, 'message.recall', { messageId })
    world.bus.recover()
    await soon()
    const counted = ({ got }: Client) =>
      got.flatMap(({ name, data }) => ('change' in data ? [[data.change, name] as const] : []))
    expect(counted(ana)).toEqual([
      [1, 'message.created'],
      [2, 'message.reacted'],
      [3, 'message.reacted'],
      [4, 'message.reacted'],
      [5, 'session.updated'],
      [6, 'message.recalled'],
    ])
    expect(counted(cy)).toEqual(counted(ana))
    expect(ana.all('message.reacted')).toEqual(cy.all('message.reacted'))
    expect(ana.all('message.reacted').map(({ added, reactions }) => [added, reactions])).toEqual([
      [true, { '👍': ['ben'] }],
      [true, { '👍': ['ben'], '🎉': ['ben'] }],
      [false, { '🎉': ['ben'] }],
    ])
    expect(cy.all('message.created')[0]?.message).toMatchObject({ recalled: true, text: '' })
    expect(cy.all('session.updated')[0]?.session.name).toBe('Band')
  })

  it('[D3] a recall that nobody was told of is told when it is asked for again', async () => {
    const group = await people.group(['ana', 'ben'])
    const ana = await people.inbox('ana')
    const messageId = await people.say(group, 'ana')
    const who = { senderId: 'ana', byId: 'ana', withinMs: null, audit: null }
    await world.clock.until(world.store.recall({ messageId, ...who }))
    expect(ana.changes(group)).toEqual([1])
    await world.call(ana, 'message.recall', { messageId })
    await soon()
    expect(ana.changes(group)).toEqual([1, 2])
  })

  it('[D20] events for many have no last message of a group that does not show its history', async () => {
    const [open, closed] = [await people.group(['ana', 'ben'], true), await people.group(['ana', 'ben'])]
    const ana = await people.inbox('ana')
    for (const sessionId of [open, closed]) {
      await people.say(sessionId, 'ben', 'hello')
      await world.call(ana, 'session.update', { sessionId, name: 'Band' })
    }
    const last = ana.all('session.updated').map(({ session }) => session.lastMessage?.text ?? null)
    expect(last).toEqual(['hello', null])
  })

  it('[D20] nor is one shown to who was removed, though the session is read later', async () => {
    const group = await people.group(['ben', 'ana'], true)
    const ana = await people.inbox('ana', there)
    world.bus.loses = ({ kind }) => kind === 'change'
    await people.remove(group, 'ana')
    await people.say(group, 'ben', 'a secret')
    await world.clock.pass(1.1 * COMPARE_EVERY_MS + 2 * GAP_WAIT_MS)
    expect(JSON.stringify(ana.got)).not.toContain('a secret')
    expect(ana.changes(group)).toEqual([1])
  })
})

describe('a sync', () => {
  it('[D9] has what changed since, as it is now', async () => {
    const group = await people.group(['ana', 'ben'])
    const messageId = await people.say(group, 'ana', 'hello')
    await people.say(group, 'ana', 'there')
    const ana = await people.connect('ana')
    await world.call(ana, 'message.recall', { messageId })
    const { sessions } = await world.call(ana, 'session.sync', { sessions: { [group]: 2 } })
    expect(sessions[group]).toMatchObject({ upTo: 3, complete: true })
    expect(sessions[group]?.messages).toMatchObject([{ seq: 1, recalled: true, text: '', change: 3 }])
    await people.say(group, 'ben')
    expect(ana.changes(group)).toEqual([4])
  })

  it('[D9][G7] after coming back has what may be seen now', async () => {
    const group = await people.group(['ben', 'ana'])
    await people.say(group, 'ben', 'with ana')
    await people.remove(group, 'ana')
    const ana = await people.connect('ana')
    const gone = await world.call(ana, 'session.sync', { sessions: { [group]: 1 } })
    expect(gone).toMatchObject({ sessions: {}, unknown: [group] })
    await people.say(group, 'ben', 'without ana')
    await people.add(group, 'ana')
    await people.say(group, 'ben', 'again')
    const back = await world.call(ana, 'session.sync', { sessions: { [group]: 1 } })
    expect(back.sessions[group]).toMatchObject({ upTo: 5, complete: true })
    expect(back.sessions[group]?.messages.map(({ text }) => text)).toEqual(['again'])
  })

  it('[D10] has private sessions and groups among the others', async () => {
    const all = [await people.group(['ana', 'ben']), await people.pair('ana', 'cy')]
    const ana = await people.connect('ana')
    const { others } = await world.call(ana, 'session.sync', {})
    expect(others.map(({ id }) => id).sort()).toEqual(all.sort())
    for (const id of all) await people.say(id, 'ana')
    expect(all.map(id => ana.changes(id))).toEqual([[1], [1]])
  })
})

describe('a watched list of the team', () => {
  it('[D11] has what comes, changes and goes, with the watcher’s own unread count', async () => {
    world.store.fixtures.addPerson({ id: 'dora', role: 'doctor' })
    const dora = await world.connect(there, 'dora', 'doctor')
    const group = await people.group(['ben', 'cy'])
    await people.say(group, 'ben', 'before dora')
    await world.call(dora, 'session.watch', { list: 'team' })
    await people.add(group, 'dora')
    await soon()
    const last = () => dora.all('session.listed').at(-1)
    expect(last()).toMatchObject({ list: 'team', session: { id: group, unreadCount: 0, lastMessage: null } })
    const messageId = await people.say(group, 'ben', 'hello')
    await soon()
    expect(last()).toMatchObject({ session: { unreadCount: 1, lastMessage: { text: 'hello' } } })
    const ben = await people.connect('ben')
    await world.call(ben, 'message.recall', { messageId })
    await soon()
    expect(last()).toMatchObject({ session: { unreadCount: 0, lastMessage: { recalled: true } } })
    const pair = await people.pair('dora', 'cy')
    await soon()
    expect(last()).toMatchObject({ session: { id: pair } })
    await people.remove(group, 'dora')
    await soon()
    expect(dora.all('session.unlisted')).toEqual([{ list: 'team', sessionId: group }])
  })
})
