import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame, Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Axe {
  run(context: object, options: object): Promise<AxeResults>
}

/** What axe has against a document, or against a part of it and its shadow roots; frames are documents of their own. */
export async function faultsOf(document: Page | Frame, part = ':root'): Promise<string[]> {
  if (!(await document.evaluate(() => 'axe' in window))) await document.evaluate(AXE)
  const { violations } = await document.evaluate(
    selector =>
      (window as unknown as { axe: Axe }).axe.run(
        { include: [[selector]] },
        { resultTypes: ['violations'], iframes: false },
      ),
    part,
  )
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}
