import type { WireMessage, WireSession } from '@parley/contracts'
import { beforeEach, describe, expect, it } from 'vitest'
import { HAS_CHROMIUM, usePeople } from '../support/browsers.ts'
import { ask } from '../support/http.ts'
import { OperatorPage } from '../support/operator-page.ts'
import { end, newStaff, retire, type StaffMember } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import { VisitorPage } from '../support/visitor-page.ts'

const KEY = { key: true } as const

/** The whole story, as both see it. */
describe.skipIf(!HAS_DATABASE || !HAS_CHROMIUM)('a visitor and an operator', () => {
  const at = useServer()
  const people = usePeople()
  let ada: StaffMember
  let visits = 0
  beforeEach(async () => {
    if (ada) await dismiss()
    visits += 1
    ada = await newStaff(at.server, `Ada${visits}`)
  })

  /** With her sessions, which would go to the next one. */
  async function dismiss() {
    const { body } = await ask<WireSession[]>(at.server, 'GET /api/chat/sessions/active', KEY)
    for (const { id } of body.data) await end(at.server, id, KEY)
    await retire(at.server, ada.id)
  }

  /** Both in one session, after the visitor's first word. */
  async function meet(first: string) {
    const faults = { expectsFaults: true }
    const operator = await OperatorPage.signIn(await people.arrive('operator', faults), at.server, ada)
    const visitor = await VisitorPage.visit(await people.arrive('visitor', faults), at.server)
    await visitor.openChat()
    await visitor.write(first)
    await operator.open(first)
    return { operator, visitor }
  }
  const stored = async () => {
    const { body } = await ask<WireSession[]>(
      at.server,
      `GET /api/chat/sessions/active?operatorId=${ada.id}`,
      KEY,
    )
    const page = await ask<WireMessage[]>(at.server, `GET /api/chat/messages/${body.data[0]?.id}`, KEY)
    return page.body.data.map(({ message }) => message)
  }

  it('write to each other from two sites, with nothing kept in the frame', async () => {
    const { operator, visitor } = await meet('My order has not arrived')
    const frame = visitor.frame()
    expect(new URL(frame.url()).origin).toBe(at.server.url)
    expect(new URL(visitor.page.url()).hostname).toBe('127.0.0.1')
    await expect(frame.evaluate(() => localStorage.length)).rejects.toThrow('Access is denied')
    await visitor.notice(`Ada${visits} has joined`).waitFor()

    await operator.field.pressSequentially('Let me lo')
    await visitor.typing.waitFor()
    await operator.write('Let me look at #4711 <b>now</b>')
    await visitor.message('Let me look at #4711 <b>now</b>').waitFor()
    await visitor.typing.waitFor({ state: 'hidden' })
    await visitor.field.pressSequentially('谢')
    await operator.typing.waitFor()
    await visitor.write('谢谢 שלום 👍')
    await operator.message('谢谢 שלום 👍').waitFor()
    const said = ['My order has not arrived', 'Let me look at #4711 <b>now</b>', '谢谢 שלום 👍']
    await expect.poll(() => visitor.texts()).toEqual(said)
    await expect.poll(() => operator.texts()).toEqual(said)
    await visitor.mark('谢谢').getByText('Read').waitFor({ state: 'attached' })
    await operator.mark('Let me look').getByText('Read').waitFor({ state: 'attached' })
  })

  it('see what was read, and the page says what was not', async () => {
    const { operator, visitor } = await meet('Is anybody there?')
    await visitor.launcher.click()
    await operator.write('Yes!')
    await visitor.root.getByText('1 unread').waitFor({ state: 'attached' })
    await operator.mark('Yes!').getByText('Delivered').waitFor({ state: 'attached' })
    await visitor.launcher.click()
    await operator.mark('Yes!').getByText('Read').waitFor({ state: 'attached' })
    await expect.poll(() => visitor.launcher.getAttribute('aria-label')).not.toContain('unread')
  })

  it('go on where they were when both reload in mid-conversation', async () => {
    const { operator, visitor } = await meet('one')
    await operator.write('two')
    await visitor.message('two').waitFor()
    await Promise.all([visitor.page.reload(), operator.page.reload()])
    for (const side of [visitor, operator]) {
      await side.message('two').waitFor()
      await expect.poll(() => side.texts()).toEqual(['one', 'two'])
    }
    await visitor.write('three')
    await operator.message('three').waitFor()
    await operator.write('four')
    await visitor.message('four').waitFor()
    for (const side of [visitor, operator])
      await expect.poll(() => side.texts()).toEqual(['one', 'two', 'three', 'four'])
    expect(await stored()).toEqual(['one', 'two', 'three', 'four'])
    expect(visitor.page.url(), 'another page of the same shop').toContain('/demo')
    await visitor.page.goto(`${visitor.page.url()}?lang=zh`)
    await visitor.app.getByText('four').waitFor()
  })

  it('neither miss nor double a message when the server is killed between them', async () => {
    const { operator, visitor } = await meet('before')
    await operator.write('answered before')
    await visitor.message('answered before').waitFor()
    // In flight when it dies: some may be stored and not acknowledged.
    for (const n of [1, 2, 3]) {
      await visitor.write(`visitor, in flight ${n}`)
      await operator.write(`operator, in flight ${n}`)
    }
    await at.server.kill()
    await visitor.app.getByText('Reconnecting…').waitFor()
    await operator.page.getByText('Reconnecting…').waitFor()
    await visitor.write('visitor, while it is away')
    await operator.write('operator, while it is away')
    await at.server.start()
    await visitor.message('operator, while it is away').waitFor({ timeout: 30_000 })
    await operator.message('visitor, while it is away').waitFor({ timeout: 30_000 })
    await visitor.write('after')
    await operator.message('after').waitFor()
    const kept = await stored()
    expect(kept).toHaveLength(11)
    expect(new Set(kept).size).toBe(11)
    for (const who of ['visitor', 'operator']) {
      const theirs = kept.filter(text => text.startsWith(`${who},`))
      expect(theirs).toEqual([1, 2, 3].map(n => `${who}, in flight ${n}`).concat(`${who}, while it is away`))
    }
    for (const side of [visitor, operator]) await expect.poll(() => side.texts()).toEqual(kept)
  })
})
