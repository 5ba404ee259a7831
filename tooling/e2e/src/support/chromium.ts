import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { CHROMIUM_FLAGS } from '../../../vitest.chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's one browser is; null where there is none. */
    readonly chromium: string | null
  }
}

const FLAGS = [
  ...CHROMIUM_FLAGS,
  // Another site's frames have no cookies, and storage only under the page that they are in.
  '--test-third-party-cookie-phaseout',
]

/** One browser for all files of a run; each person gets a context, which shares nothing with the others. */
export default async function startChromium({
  provide,
  config,
}: TestProject): Promise<(() => Promise<void>) | undefined> {
  const executablePath = config.env['PARLEY_TEST_CHROMIUM'] ?? process.env['PARLEY_TEST_CHROMIUM']
  if (!executablePath) {
    provide('chromium', null)
    return undefined
  }
  const browser = await chromium.launchServer({ executablePath, args: FLAGS, host: '127.0.0.1' })
  provide('chromium', browser.wsEndpoint())
  return () => browser.close()
}
