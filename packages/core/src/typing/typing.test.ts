import { beforeEach, describe, expect, it } from 'vitest'
import { type Client, NodeWorld } from '../../test/node-world.ts'
import type { Node } from '../node/node.ts'

let world: NodeWorld
let node: Node
let olga: Client
let vera: Client
let sessionId: string
beforeEach(async () => {
  world = new NodeWorld()
  world.operator('olga')
  node = await world.node()
  olga = await world.connect(node, 'olga', 'operator')
  vera = await world.connect(node, 'vera')
  sessionId = await world.chat(vera)
  await world.call(olga, 'session.join', { sessionId })
})

const type = (isTyping: boolean, client = vera) => world.call(client, 'typing.set', { sessionId, isTyping })
const heard = (client: Client) => client.all('typing.changed').map(({ isTyping }) => isTyping)

describe('typing', () => {
  it('[P10] is told to the others, not to the person’s own connections', async () => {
    const tablet = await world.connect(node, 'vera')
    await world.call(tablet, 'session.join', { sessionId })
    await type(true)
    expect(olga.all('typing.changed')).toEqual([
      { sessionId, userId: 'vera', userType: 'user', isTyping: true },
    ])
    expect([...heard(vera), ...heard(tablet)]).toEqual([])
    await type(true, olga)
    expect(vera.all('typing.changed')).toMatchObject([{ userId: 'olga', userType: 'operator' }])
  })

  it('[P10] is told at most once a second while it goes on, and at once when it stops', async () => {
    for (let i = 0; i < 15; i++) {
      await type(true)
      await world.clock.pass(100)
    }
    await type(false)
    expect(heard(olga)).toEqual([true, true, false])
    await type(false)
    expect(heard(olga)).toEqual([true, true, false])
    await type(true)
    expect(heard(olga)).toEqual([true, true, false, true])
  })

  it('[P10] after a message is told anew', async () => {
    await type(true)
    await world.call(vera, 'message.send', { sessionId, text: 'one' })
    await type(true)
    expect(heard(olga)).toEqual([true, true])
  })

  it('[P10] that was forgotten needs no end', async () => {
    await type(true)
    await world.clock.pass(7000)
    await type(false)
    expect(heard(olga)).toEqual([true])
  })

  it('[I6] is for who takes part, heard or not', async () => {
    const ada = await world.connect(node, 'ada', 'admin')
    await world.call(ada, 'session.join', { sessionId })
    await expect(type(true, ada)).rejects.toMatchObject({ code: 'forbidden' })
    const tablet = await world.connect(node, 'vera')
    await type(true, tablet)
    expect(heard(olga)).toEqual([true])
    await expect(
      world.call(tablet, 'typing.set', { sessionId, isTyping: true, userId: 'olga' }),
    ).rejects.toMatchObject({ code: 'identity_mismatch' })
  })
})

describe('a session’s room', () => {
  const comings = (client: Client) =>
    client.got.flatMap(({ name, data }) =>
      name === 'user.joined' || name === 'user.left' ? [[name, data.userId]] : [],
    )

  it('[P7] tells the others of a person’s first connection and of the end of its last', async () => {
    const uma = await world.connect(node, 'ada', 'admin')
    await world.call(uma, 'session.join', { sessionId })
    const phone = await world.connect(node, 'ada', 'admin')
    await world.call(phone, 'session.join', { sessionId })
    expect(comings(vera)).toEqual([
      ['user.joined', 'olga'],
      ['user.joined', 'ada'],
    ])
    uma.leave()
    expect(comings(vera)).toHaveLength(2)
    await world.call(phone, 'session.leave', { sessionId })
    expect(comings(vera).at(-1)).toEqual(['user.left', 'ada'])
    expect(comings(phone)).toEqual([])
  })

  it('[P7] is entered by joining, not by hearing', async () => {
    const ada = await world.connect(node, 'ada', 'admin')
    await world.call(ada, 'session.sync', { sessions: { [sessionId]: 0 } })
    ada.leave()
    expect(comings(vera)).toEqual([['user.joined', 'olga']])
  })
})
