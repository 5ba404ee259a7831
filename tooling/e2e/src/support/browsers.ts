import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { fileName, RESULTS } from './server.ts'

export const HAS_CHROMIUM = inject('chromium') !== null

export interface PersonOptions extends Pick<BrowserContextOptions, 'colorScheme' | 'viewport' | 'locale'> {
  /** What the page may complain of: a server that is gone is heard of in the browser's log. */
  readonly expectsFaults?: boolean
}

export interface People {
  /** A page of somebody who shares no cookie and no storage with the others. */
  arrive(name: string, options?: PersonOptions): Promise<Page>
  /** Their browser is closed. */
  leave(page: Page): Promise<void>
  /** What pages have complained of so far. */
  readonly complaints: string[]
}

/** People for the tests of a file; where one fails, pictures of what they saw. */
export function usePeople(): People {
  let browser: Browser | undefined
  const here = new Map<string, BrowserContext>()
  const complaints: string[] = []
  beforeAll(async () => {
    const endpoint = inject('chromium')
    if (endpoint !== null) browser = await chromium.connect(endpoint)
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await picture(task.name, here)
    for (const context of here.values()) await context.close()
    here.clear()
  })
  afterAll(() => browser?.close())
  return {
    complaints,
    async arrive(name, { expectsFaults = false, ...options } = {}) {
      if (!browser) throw new Error('PARLEY_TEST_CHROMIUM names no Chromium')
      const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
      here.set(name, context)
      await context.addInitScript(refuseStorage)
      const page = await context.newPage()
      page.on('pageerror', error => complaints.push(`${name}: ${error.message}`))
      page.on('console', said => {
        const { url } = said.location()
        // How the console learns that nobody is signed in: browsers log every 401.
        const fault = said.type() === 'error' && !url.endsWith('/api/auth/me')
        if (fault && !expectsFaults) complaints.push(`${name}: ${said.text()} ${url}`)
      })
      return page
    },
    async leave(page) {
      for (const [name, context] of here) if (context === page.context()) here.delete(name)
      await page.context().close()
    },
  }
}

/** As the strictest browsers treat a frame of another site: it may keep nothing at all. */
function refuseStorage(): void {
  const ancestor = location.ancestorOrigins?.[0]
  if (ancestor === undefined || new URL(ancestor).hostname === location.hostname) return
  const refuse = () => {
    throw new DOMException('Access is denied for this document.', 'SecurityError')
  }
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get: refuse })
  Object.defineProperty(document, 'cookie', { get: refuse, set: refuse })
}

async function picture(test: string, here: ReadonlyMap<string, BrowserContext>): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  for (const [name, context] of here)
    for (const [n, page] of context.pages().entries())
      await page.screenshot({ path: join(RESULTS, `${fileName(`${test} ${name} ${n}`)}.png`) })
}
