import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { fileName } from './server.ts'

const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 800 }
const SMALL_PHONE = { width: 320, height: 568 }

export interface Look {
  readonly name: string
  readonly size: { readonly width: number; readonly height: number }
  readonly scheme: 'light' | 'dark'
}

const look = (name: string, size: Look['size']): Look[] =>
  (['light', 'dark'] as const).map(scheme => ({ name: `${name} ${scheme}`, size, scheme }))

export const LOOKS: readonly Look[] = [...look('desktop', DESKTOP), ...look('phone', PHONE)]
export const SMALL: readonly Look[] = look('small', SMALL_PHONE)

/** Shows a page as it is in each of these looks; where `PARLEY_TEST_PICTURES` names a folder, a picture of each is left there. */
export async function inLooks(
  page: Page,
  state: string,
  looks: readonly Look[],
  check: (look: Look) => Promise<void>,
): Promise<void> {
  const folder = process.env['PARLEY_TEST_PICTURES']
  for (const one of looks) {
    await page.setViewportSize(one.size)
    await page.emulateMedia({ colorScheme: one.scheme })
    await check(one)
    if (!folder) continue
    await mkdir(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `${fileName(`${state} ${one.name}`)}.png`) })
  }
}
