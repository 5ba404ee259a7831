import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openScreens, type Screens } from './chromium.ts'

const DESKTOP = { width: 1280, height: 800 }

describe.skipIf(!CHROMIUM)('the timeline in a browser', () => {
  let screens: Screens
  beforeAll(async () => {
    screens = await openScreens()
  })
  afterAll(() => screens.close())

  async function openTimeline(): Promise<Page> {
    const page = await screens.open('#/sessions/mine/s1', DESKTOP)
    await page.locator('.timeline-unread').waitFor()
    return page
  }
  /** Pixels between the last row and what is seen. */
  const fromEnd = (page: Page) =>
    page.$eval('.timeline-scroller', pane =>
      Math.round(pane.scrollHeight - pane.clientHeight - pane.scrollTop),
    )
  const wheel = async (page: Page, pixels: number) => {
    await page.hover('.timeline-scroller')
    await page.mouse.wheel(0, pixels)
  }

  test('opens where reading stopped', async () => {
    const page = await openTimeline()
    const top = await page.$eval('.timeline-unread', line => line.getBoundingClientRect().top)
    expect(top).toBeGreaterThan(0)
    expect(top).toBeLessThan(DESKTOP.height - 100)
    const loaded = await page.evaluate(() => window.page.desk.timeline.handle.getSnapshot().messages.length)
    expect(loaded, 'nothing older is loaded before it is needed').toBe(51)
  })

  test('loads what is older without moving what is read', async () => {
    const page = await openTimeline()
    await watchMoves(page)
    await expect
      .poll(
        async () => {
          await wheel(page, -400)
          return page.evaluate(() => window.page.desk.timeline.handle.getSnapshot().messages.length)
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThan(150)
    const moves = await page.evaluate(() => window.moves)
    expect(moves.frames).toBeGreaterThan(10)
    expect(moves.grown).toBeGreaterThan(1000)
    expect(moves.lost, 'frames in which nothing was left of what one saw').toBe(0)
    // A frame moves what is seen by as much as the wheel has turned since the last one, and never the other way.
    expect(moves.up, 'pixels that something moved up while scrolling up').toBeLessThanOrEqual(1)
    expect(moves.down, 'pixels that something moved down in one frame').toBeLessThanOrEqual(1200)
  })

  test('reaches the beginning, and then asks for no more', async () => {
    const page = await openTimeline()
    await expect
      .poll(
        async () => {
          await wheel(page, -3000)
          return page.locator('.timeline-start').isVisible()
        },
        { timeout: 10_000 },
      )
      .toBe(true)
    expect(await page.evaluate(() => window.page.desk.timeline.handle.getSnapshot().hasOlder)).toBe(false)
  })

  test('follows what comes while the end is seen, and stays where one reads above it', async () => {
    const page = await openTimeline()
    await page.evaluate(() => window.page.desk.timeline.receive(251, 'It is\nseveral\nlines long'))
    await page.getByText('lines long').waitFor()
    await expect.poll(() => fromEnd(page)).toBe(0)
    await wheel(page, -500)
    await expect.poll(() => fromEnd(page)).toBeGreaterThan(400)
    const before = await page.$eval('.timeline-scroller', pane => pane.scrollTop)
    await page.evaluate(() => window.page.desk.timeline.receive(252, 'Another'))
    await page.getByRole('button', { name: 'new messages' }).waitFor()
    expect(await page.$eval('.timeline-scroller', pane => pane.scrollTop)).toBe(before)
    await page.getByRole('button', { name: 'new messages' }).click()
    await expect.poll(() => fromEnd(page)).toBe(0)
  })

  test('keeps the end in view while the composer grows, and shows what is sent', async () => {
    const page = await openTimeline()
    await page.getByLabel('Message to Lin Wei').fill('1\n2\n3\n4\n5\n6')
    await expect.poll(() => fromEnd(page)).toBe(0)
    await wheel(page, -900)
    await expect.poll(() => fromEnd(page)).toBeGreaterThan(400)
    await page.keyboard.press('Enter')
    await expect.poll(() => fromEnd(page)).toBe(0)
  })

  test('long words and a thousand characters stay inside', async () => {
    const page = await screens.open('#/sessions/mine/s1', { width: 320, height: 640 })
    await page.waitForSelector('.message')
    const wide = await page.$$eval(
      '.message-bubble',
      bubbles =>
        bubbles.filter(
          bubble =>
            bubble.getBoundingClientRect().right > innerWidth || bubble.scrollWidth > bubble.clientWidth,
        ).length,
    )
    expect(wide).toBe(0)
  })
})

declare global {
  interface Window {
    moves: { frames: number; up: number; down: number; lost: number; grown: number }
  }
}

/** Notes, frame by frame, how far messages that one sees have moved, and how much the timeline has grown. */
function watchMoves(page: Page): Promise<void> {
  return page.evaluate(() => {
    const moves = { frames: 0, up: 0, down: 0, lost: 0, grown: 0 }
    window.moves = moves
    let before = new Map<Element, number>()
    let height = 0
    const look = () => {
      const pane = document.querySelector('.timeline-scroller')
      if (!pane) return
      const { top, bottom } = pane.getBoundingClientRect()
      const seen = [...pane.querySelectorAll('.message')].flatMap(row => {
        const place = row.getBoundingClientRect()
        return place.bottom > top && place.top < bottom ? [[row, place.top] as const] : []
      })
      const now = new Map(seen)
      const moved = [...now].flatMap(([row, top]) => (before.has(row) ? [top - (before.get(row) ?? 0)] : []))
      moves.frames += 1
      if (before.size > 0 && moved.length === 0) moves.lost += 1
      moves.up = Math.max(moves.up, ...moved.map(by => -by))
      moves.down = Math.max(moves.down, ...moved)
      moves.grown = Math.max(moves.grown, height === 0 ? 0 : pane.scrollHeight - height)
      before = now
      height = pane.scrollHeight
      requestAnimationFrame(look)
    }
    look()
  })
}
