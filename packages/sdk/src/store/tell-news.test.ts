import { describe, expect, it } from 'vitest'
import { settle } from '../testing/sim-clock.ts'
import { createSimWorld } from '../testing/sim-world.ts'

describe('news', () => {
  it('has nothing of what was taken back before it was heard', async () => {
    const { server, as, time } = createSimWorld()
    const parley = as(server.person('lin'))
    const session = parley.draftSession()
    session.subscribe(() => undefined)
    session.send('Hello')
    await settle()
    const heard: string[] = []
    parley.on('message', ({ message }) => heard.push(message.text))
    server.down()
    const found = server.sessions.get('session-1')
    found?.send({ senderId: 'ada', senderType: 'operator', text: 'a slip' })
    found?.send({ senderId: 'ada', senderType: 'operator', text: 'what was meant' })
    found?.recall(2)
    server.up()
    await time.advance(60_000)
    expect(session.getSnapshot().messages.map(({ text }) => text)).toEqual(['Hello', '', 'what was meant'])
    expect(heard).toEqual(['what was meant'])
  })
})
