import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openScreens, type Screens } from './chromium.ts'

describe.skipIf(!CHROMIUM)('going to a message that lies far back', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await openScreens()
  })
  afterAll(() => screens.close())

  /** The numbers of the messages that one sees. */
  const seen = (page: Page) =>
    page.$eval('.timeline-scroller', pane => {
      const { top, bottom } = pane.getBoundingClientRect()
      return [...pane.querySelectorAll('.message')]
        .filter(row => row.getBoundingClientRect().bottom > top && row.getBoundingClientRect().top < bottom)
        .map(row => Number(/Number (\d+)/.exec(row.querySelector('.message-text')?.textContent ?? '')?.[1]))
    })
  const middle = async (page: Page) => (await seen(page)).at(3) ?? 0
  const open = async (seq: number) => {
    const page = await screens.open(`#/team/long/${seq}`, { width: 1280, height: 800 })
    await page.locator('[data-found]').waitFor()
    return page
  }
  /** One turn of the wheel after the other; says by how many messages the largest step has gone. */
  async function wheelUntil(page: Page, pixels: number, isThere: (numbers: number[]) => boolean) {
    await page.hover('.timeline-scroller')
    let largest = 0
    await expect
      .poll(
        async () => {
          const before = await middle(page)
          await page.mouse.wheel(0, pixels)
          await page.evaluate(
            () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
          )
          const now = await seen(page)
          largest = Math.max(largest, Math.abs((now.at(3) ?? 0) - before))
          return isThere(now)
        },
        { timeout: 20_000, interval: 30 },
      )
      .toBe(true)
    return largest
  }

  test('shows it, marked, among those around it, and the address can be gone to again', async () => {
    const page = await open(100)
    expect(await page.locator('[data-found]').textContent()).toContain('Number 100')
    expect(await seen(page)).toContain(100)
    expect(await page.evaluate(() => location.hash)).toBe('#/team/long')
    expect(screens.complaints).toEqual([])
  })

  test('one reads on from there to the newest without a jump', async () => {
    const page = await open(280)
    const largest = await wheelUntil(page, 500, numbers => numbers.includes(400))
    expect(largest, 'messages passed in one turn of the wheel').toBeLessThan(30)
  })

  test('and back to the beginning', async () => {
    const page = await open(60)
    const largest = await wheelUntil(page, -500, numbers => numbers.includes(1))
    expect(largest, 'messages passed in one turn of the wheel').toBeLessThan(30)
  })

  test('one press leads to the newest', async () => {
    const page = await open(100)
    await page.getByRole('button', { name: 'Newest' }).click()
    await expect.poll(() => seen(page)).toContain(400)
  })

  test('what is sent from there is seen among the newest', async () => {
    const page = await open(100)
    await page.getByLabel('Message to A long chat').fill('Here')
    await page.keyboard.press('Enter')
    await expect.poll(() => seen(page)).toContain(400)
  })
})
