import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openScreens, type Screens } from './chromium.ts'

const LOOKS = [
  { width: 1280, height: 800 },
  { width: 390, height: 844, dark: true },
  { width: 320, height: 640 },
]

interface Shown {
  readonly name: string
  readonly hash: string
  /** What is done before it is looked at. */
  readonly act?: (page: Page) => Promise<unknown>
}

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click()
const openStatus = (page: Page) => page.locator('.status-button').click()

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
  { name: 'the team', hash: '#/team' },
  { name: 'a new operator', hash: '#/team', act: press('Add operator') },
  { name: 'an operator', hash: '#/team', act: press('Edit Ben Turner') },
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
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0)
        expect(screens.complaints).toEqual([])
      },
    )
  })
})

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
