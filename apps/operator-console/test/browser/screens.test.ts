import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openScreens, type Screens } from './chromium.ts'

const LOOKS = [
  { width: 1280, height: 800 },
  // And from there as narrow as it gets: what axe would see then it has seen.
  { width: 390, height: 844, dark: true, narrowest: 320 },
]

interface Shown {
  readonly name: string
  readonly hash: string
  /** What is done before it is looked at. */
  readonly act?: (page: Page) => Promise<unknown>
}

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click()
const openStatus = (page: Page) => page.locator('.status-button').click()

const scrollTo = (text: string) => (page: Page) => page.getByText(text).scrollIntoViewIfNeeded()
const openMenu = (text: string) => async (page: Page) => {
  const said = page.locator('.message', { hasText: text }).last()
  await said.hover()
  await said.getByRole('button', { name: 'More' }).click()
}
const attach = (page: Page) =>
  page.locator('input[data-file]').setInputFiles([
    { name: 'photo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(PICTURE) },
    { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') },
  ])
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3H0z" fill="teal"/></svg>'

const SHOWN: Shown[] = [
  { name: 'my sessions', hash: '#/sessions/mine' },
  { name: 'the queue', hash: '#/sessions/queue' },
  { name: 'all sessions', hash: '#/sessions/all' },
  { name: 'history', hash: '#/sessions/history' },
  { name: 'my session', hash: '#/sessions/mine/s1' },
  { name: 'a waiting session', hash: '#/sessions/queue/q3' },
  { name: 'a colleague’s session', hash: '#/sessions/all/o1' },
  { name: 'an ended session', hash: '#/sessions/history/e1' },
  { name: 'transfer', hash: '#/sessions/mine/s1', act: press('Transfer') },
  { name: 'reasons to end', hash: '#/sessions/mine/s1', act: press('End') },
  {
    name: 'undo',
    hash: '#/sessions/mine/s1',
    act: async page => {
      await press('End')(page)
      await page.getByRole('menuitem', { name: 'Solved' }).click()
      await page.getByRole('button', { name: 'Undo' }).waitFor()
    },
  },
  { name: 'my status', hash: '#/sessions/mine', act: openStatus },
  {
    name: 'going offline',
    hash: '#/sessions/mine',
    act: async page => {
      await openStatus(page)
      await page.getByRole('menuitemradio', { name: 'Offline' }).click()
    },
  },
  { name: 'shortcuts', hash: '#/sessions/mine', act: page => page.keyboard.press('?') },
  { name: 'chats', hash: '#/team' },
  { name: 'a group', hash: '#/team/g1', act: scrollTo('On its way') },
  { name: 'a group, further up', hash: '#/team/g1/1' },
  { name: 'a private chat', hash: '#/team/p1' },
  { name: 'a chat without messages', hash: '#/team/p2' },
  { name: 'a chat that one is no longer in', hash: '#/team/left' },
  { name: 'what is done with a message', hash: '#/team/g1/4', act: openMenu('I will.') },
  {
    name: 'recalling',
    hash: '#/team/g1',
    act: async page => {
      await openMenu('xxx')(page)
      await page.getByRole('menuitem', { name: 'Recall' }).click()
    },
  },
  {
    name: 'forwarding',
    hash: '#/team/p1',
    act: async page => {
      await openMenu('See you tomorrow')(page)
      await page.getByRole('menuitem', { name: 'Forward' }).click()
    },
  },
  {
    name: 'answering with a file',
    hash: '#/team/p1',
    act: async page => {
      await openMenu('Are you in')(page)
      await page.getByRole('menuitem', { name: 'Reply' }).click()
      await attach(page)
    },
  },
  {
    name: 'who has read',
    hash: '#/team/g1/4',
    act: page => page.getByRole('button', { name: 'Read by 3' }).first().click(),
  },
  {
    name: 'a picture',
    hash: '#/team/g1/5',
    act: page => page.getByRole('button', { name: 'Open plan.svg' }).click(),
  },
  { name: 'a group’s members', hash: '#/team/g1', act: press('Group') },
  {
    name: 'adding people',
    hash: '#/team/g1',
    act: async page => {
      await press('Group')(page)
      await press('Add people')(page)
      await page.getByText('Lin Wei').last().waitFor()
    },
  },
  {
    name: 'a new group',
    hash: '#/team',
    act: async page => {
      await press('New chat')(page)
      await page.getByRole('checkbox', { name: 'Ben Turner' }).check()
      await page.getByRole('checkbox', { name: '陈静' }).check()
    },
  },
  {
    name: 'search',
    hash: '#/team',
    act: async page => {
      await page.getByLabel('Search chats and messages').fill('dentist')
      await page.locator('mark').first().waitFor()
    },
  },
  {
    name: 'no chats',
    hash: '#/team',
    act: page =>
      page.evaluate(() =>
        window.page.client.chats.set({
          chats: [],
          unreadCount: 0,
          hasMore: false,
          loading: false,
          error: null,
        }),
      ),
  },
  { name: 'the operators', hash: '#/settings/operators' },
  { name: 'a new operator', hash: '#/settings/operators', act: press('Add operator') },
  { name: 'an operator', hash: '#/settings/operators', act: press('Edit Ben Turner') },
  { name: 'settings', hash: '#/settings' },
  { name: 'profile', hash: '#/settings/profile' },
  { name: 'preferences', hash: '#/settings/preferences' },
  { name: 'the site', hash: '#/settings/site' },
  { name: 'API keys', hash: '#/settings/keys' },
  {
    name: 'a new API key',
    hash: '#/settings/keys',
    act: async page => {
      await press('Add API key')(page)
      await page.getByLabel('Name').fill('Billing')
      await press('Create')(page)
      await page.getByText('shown again').waitFor()
    },
  },
  { name: 'revoking a key', hash: '#/settings/keys', act: press('Revoke Order system') },
  { name: 'embedding', hash: '#/settings/embed' },
  {
    name: 'empty lists',
    hash: '#/sessions/mine',
    act: page =>
      page.evaluate(() => {
        const { client } = window.page
        for (const list of Object.values(client.lists))
          list.set({ sessions: [], total: 0, loading: false, error: null })
      }),
  },
  {
    name: 'lists on their way, reconnecting',
    hash: '#/sessions/mine',
    act: async page => {
      await page.evaluate(() => {
        const { client } = window.page
        client.lists.mine.set({ sessions: [], total: 0, loading: true, error: null })
        client.connection.set({ status: 'reconnecting', since: Date.now() - 60_000, attempt: 3 })
      })
      await page.getByText('Reconnecting').waitFor()
    },
  },
  {
    name: 'signing in, too often',
    hash: '#/sessions/mine',
    act: async page => {
      await page.evaluate(() =>
        window.page.client.connection.set({ status: 'refused', code: 'unauthorized' }),
      )
      await page.getByLabel('Username').fill('ada')
      await page.getByLabel('Password').fill('wrong')
      await press('Sign in')(page)
      await page.getByText('Try again in').waitFor()
    },
  },
]

describe.skipIf(!CHROMIUM)('the screens', () => {
  let screens: Screens
  let axe: string
  beforeAll(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    screens = await openScreens()
  })
  afterAll(() => screens.close())

  describe.each(LOOKS)('at $width × $height (dark: $dark)', look => {
    let page: Page
    beforeAll(async () => {
      page = await screens.open('', look)
    })
    afterAll(() => page.context().close())

    test.each(SHOWN)(
      '$name has no fault that axe sees, and nothing beyond its edge',
      async ({ hash, act }) => {
        await screens.goto(page, hash)
        await act?.(page)
        expect(await violations(page, axe)).toEqual([])
        expect(await beyondEdge(page)).toBeLessThanOrEqual(0)
        const { narrowest, ...size } = look
        if (narrowest !== undefined) {
          await page.setViewportSize({ ...size, width: narrowest })
          expect(await beyondEdge(page)).toBeLessThanOrEqual(0)
          await page.setViewportSize(size)
        }
        expect(screens.complaints).toEqual([])
      },
    )
  })
})

const beyondEdge = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

async function violations(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(
    (): Promise<AxeResults> =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
      }),
  )
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`,
  )
}
