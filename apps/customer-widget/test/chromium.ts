import { type Browser, chromium } from 'playwright-core'
import { CHROMIUM_FLAGS } from '../../../tooling/vitest.chromium.ts'

/** Where there is none, the tests that need it are left out; `npm test` says so. */
export const CHROMIUM = process.env['PARLEY_TEST_CHROMIUM']

export function launch(): Promise<Browser> {
  if (!CHROMIUM) throw new Error('PARLEY_TEST_CHROMIUM names no Chromium')
  return chromium.launch({
    executablePath: CHROMIUM,
    args: CHROMIUM_FLAGS,
  })
}
