import { createHmac } from 'node:crypto'
import type { WireSession } from '@parley/contracts'
import type { ParleyEmbed, WidgetCommand } from '@parley/sdk/embed'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { HAS_CHROMIUM, usePeople } from '../support/browsers.ts'
import { type Ear, useEars } from '../support/ear.ts'
import { ask } from '../support/http.ts'
import { newAgent } from '../support/people.ts'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import { useShop } from '../support/shop.ts'
import { VisitorPage } from '../support/visitor-page.ts'

const KEY = { key: true } as const
/** Marks are told of within 5 s (api.md §1). */
const LATER = { timeout: 6000 }
const SECRET = 'an-identity-secret-for-end-to-end-tests'

const identityOf = (userId: string) => ({
  userId,
  userHash: createHmac('sha256', SECRET).update(userId).digest('hex'),
  name: 'Linus',
})

/** `parley(…)` on the page. */
const parley = (page: Page, ...command: WidgetCommand) =>
  page.evaluate(
    given => (window as unknown as { parley: ParleyEmbed }).parley(...given),
    command as Exclude<WidgetCommand, ['on' | 'off', ...unknown[]]>,
  )

describe.skipIf(!HAS_DATABASE || !HAS_CHROMIUM)('a visitor with the widget', () => {
  const at = useServer({ OPERATOR_GRACE_MS: '60000', IDENTITY_SECRET: SECRET })
  const people = usePeople()
  const listen = useEars(at)
  const openShop = useShop(at)
  let operator: Ear
  beforeAll(async () => {
    operator = await listen(await newAgent(at.server, 'Ada', 50))
  })

  /** In a session with the operator. */
  async function meet(name: string, word: string) {
    const page = await people.arrive(name, { expectsFaults: true })
    const visitor = await VisitorPage.visit(page, at.server)
    await visitor.openChat()
    await visitor.send(word)
    await visitor.joined('Ada').waitFor()
    const sessionId = (await active()).find(({ lastMessage }) => lastMessage?.content === word)?.id ?? ''
    return { visitor, sessionId }
  }
  const active = async () =>
    (await ask<WireSession[]>(at.server, 'GET /api/chat/sessions/active', KEY)).body.data
  const sessionsOf = async (id: string) => (await active()).filter(({ userId }) => userId === id)

  it('is known from then on when the page says who it is, and keeps the open session', async () => {
    const { visitor } = await meet('linus', 'I am somebody')
    const { page } = visitor
    await parley(page, 'identify', identityOf('linus'))
    await expect.poll(async () => (await sessionsOf('linus')).length).toBe(1)
    const [session] = await sessionsOf('linus')
    expect(session).toMatchObject({ status: 'active', userName: 'Linus' })
    await visitor.send('and you know me')
    await expect.poll(() => visitor.texts()).toEqual(['I am somebody', 'and you know me'])
    await page.reload()
    await visitor.message('and you know me').waitFor()
    await expect.poll(() => visitor.texts()).toEqual(['I am somebody', 'and you know me'])

    // A wrong hash changes nothing, and the page's developer is told.
    const faults: string[] = []
    page.on('pageerror', ({ message }) => faults.push(message))
    await parley(page, 'identify', { ...identityOf('linus'), userId: 'grace' })
    await expect.poll(() => faults).toEqual([expect.stringContaining('parley: identify:')])
    await expect.poll(() => visitor.texts()).toEqual(['I am somebody', 'and you know me'])

    await parley(page, 'logout')
    await visitor.app.getByText('How can we help you?').waitFor()
    await expect.poll(() => visitor.texts()).toEqual([])
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
    await page.reload()
    await visitor.app.getByText('How can we help you?').waitFor()
    expect(await sessionsOf('linus'), 'the session itself goes on').toHaveLength(1)

    await parley(page, 'identify', identityOf('linus'))
    await visitor.message('and you know me').waitFor()
    await parley(page, 'destroy')
    expect(await visitor.root.count()).toBe(0)
    expect(await page.evaluate(() => 'parley' in window)).toBe(false)
    await expect.poll(() => page.frames().length).toBe(1)
  })

  it('sees the same session in two tabs, and what is read in one is read in both', async () => {
    const { visitor: one, sessionId } = await meet('two tabs', 'In two tabs')
    const two = await VisitorPage.visit(await one.page.context().newPage(), at.server)
    await two.openChat()
    await two.message('In two tabs').waitFor()
    await two.write('from the other one')
    await one.message('from the other one').waitFor()
    await one.closeChat()
    await two.closeChat()
    await operator.call('join_session', { sessionId })
    await operator.call('send_message', { sessionId, message: 'Hello to both' })
    for (const tab of [one, two])
      await expect.poll(() => tab.launcher.getAttribute('aria-label'), LATER).toBe('Chat 1 unread')
    await one.page.bringToFront()
    await one.openChat()
    await one.message('Hello to both').waitFor()
    for (const tab of [two, one])
      await expect.poll(() => tab.launcher.getAttribute('aria-label'), LATER).toBe('Chat ')
    await expect.poll(() => two.texts()).toEqual(await one.texts())
    await parley(two.page, 'logout')
    await one.app.getByText('How can we help you?').waitFor()
  })

  it('needs no mouse', async () => {
    const complaints = people.complaints.length
    const page = await people.arrive('keyboard')
    const visitor = await VisitorPage.visit(page, at.server)
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document
        return activeElement?.shadowRoot?.activeElement?.localName ?? activeElement?.localName ?? ''
      })
    const inApp = () =>
      visitor.frame().evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
    await page.locator('summary').last().focus()
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('button')
    await page.keyboard.press('Enter')
    await expect.poll(inApp).toBe('Write a message…')
    await page.keyboard.type('Without a mouse')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('in two lines')
    await page.keyboard.press('Enter')
    await visitor.message('Without a mouse').waitFor()
    await expect.poll(() => visitor.texts()).toEqual(['Without a mouse\nin two lines'])
    await visitor.joined('Ada').waitFor()
    await visitor.message('Without a mouse').getByRole('button', { name: 'More for your message' }).waitFor()
    const reached: string[] = []
    for (let step = 0; step < 4; step += 1) {
      await page.keyboard.press('Shift+Tab')
      reached.push(await inApp())
    }
    expect(reached).toEqual(['More for your message', 'Messages', 'Close chat', 'Menu'])
    await visitor.field.focus()
    await page.keyboard.press('Tab')
    expect(await inApp()).toBe('Attach a file')
    await visitor.app.getByRole('button', { name: 'Menu' }).focus()
    await page.keyboard.press('Enter')
    await visitor.app.getByRole('menu').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    await visitor.app.getByRole('menu').waitFor({ state: 'hidden' })
    expect(await inApp(), 'only the menu closes, and gives the focus back').toBe('Menu')
    await page.keyboard.press('Escape')
    await expect.poll(() => visitor.launcher.getAttribute('aria-expanded')).toBe('false')
    expect(await focused()).toBe('button')
    await page.keyboard.press('Enter')
    await expect.poll(inApp).toBe('Write a message…')
    expect(people.complaints.slice(complaints)).toEqual([])
  })

  it('loses nothing of what it has written, sent or not, while the server can’t be reached', async () => {
    const shop = await openShop()
    const page = await people.arrive('far away', { expectsFaults: true })
    const visitor = await VisitorPage.visitShop(page, shop)
    await visitor.openChat()
    await visitor.write('before')
    await visitor.joined('Ada').waitFor()
    await at.server.kill()
    await visitor.write('first')
    await visitor.write('second')
    await visitor.field.pressSequentially('half a sen')
    await visitor.app.getByText('Reconnecting…').waitFor()
    await page.reload()
    await page.goto(`${shop}another/page`)
    await page.getByText('Furniture that stays').waitFor()
    await at.server.start()
    await visitor
      .mark('second')
      .getByText(/Sent|Delivered/)
      .waitFor({ state: 'attached' })
    await expect.poll(() => visitor.texts()).toEqual(['before', 'first', 'second'])
    expect(await visitor.field.inputValue()).toBe('half a sen')
    await visitor.field.pressSequentially('tence')
    await visitor.field.press('Enter')
    await visitor.message('half a sentence').waitFor()
    await page.reload()
    await visitor.message('half a sentence').waitFor()
    expect(await visitor.field.inputValue()).toBe('')
    await expect.poll(() => visitor.texts()).toEqual(['before', 'first', 'second', 'half a sentence'])
  })

  it('begins anew with what could not be said in a chat that has ended', async () => {
    const { visitor, sessionId } = await meet('ended', 'one more thing')
    await operator.call('join_session', { sessionId })
    await ask(at.server, `POST /api/chat/end-session/${sessionId}`, KEY, { reason: 'solved' })
    await visitor.app.getByText('This chat has ended.').first().waitFor()
    await visitor.page.reload()
    expect(await visitor.message('one more thing').textContent(), 'still readable').toContain(
      'one more thing',
    )
    await visitor.app.getByRole('button', { name: 'Start a new chat' }).click()
    await visitor.app.getByText('How can we help you?').waitFor()
    await visitor.write('I am back')
    await visitor.joined('Ada').waitFor()
    await expect.poll(() => visitor.texts()).toEqual(['I am back'])
  })
})
