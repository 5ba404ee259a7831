import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { contrast } from '@parley/design/contrast'
import { describe, expect, test } from 'vitest'

const css = readFileSync(createRequire(import.meta.url).resolve('@parley/design/tokens.css'), 'utf8')
const THEMES = ['light', 'dark'] as const

/** The #rrggbb of a token in a theme. */
function colour(name: string, theme: (typeof THEMES)[number]): string {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1] ?? ''
  const pair = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(value)
  const found = pair ? pair[theme === 'light' ? 1 : 2] : value
  if (!found || !/^#[0-9a-f]{6}$/.test(found)) throw new Error(`--${name} is no colour: ${value}`)
  return found
}

const SURFACES = ['surface', 'surface-2', 'surface-3', 'surface-raised']
const TEXT_PAIRS = [
  ...SURFACES.flatMap(surface => [
    ['text', surface],
    ['text-2', surface],
  ]),
  ...['surface', 'surface-2', 'surface-raised', 'selected'].flatMap(surface => [
    ['text-link', surface],
    ['text', surface],
    ['text-2', surface],
    ['danger', surface],
    ['busy', surface],
  ]),
  ['on-accent', 'accent'],
  ['on-bubble-mine', 'bubble-mine'],
  ['danger', 'danger-surface'],
  ['text', 'danger-surface'],
  ['warning-text', 'warning-surface'],
]
/** What is no text but has to be seen (WCAG 2.2, 1.4.11). */
const SHAPE_PAIRS = [
  ['line-strong', 'surface'],
  ['line-strong', 'surface-raised'],
  ['online', 'surface'],
  ['busy', 'surface'],
  ['offline', 'surface'],
  ['accent', 'surface'],
]

describe.each(THEMES)('in the %s theme', theme => {
  test.each(TEXT_PAIRS)('%s on %s can be read', (text = '', surface = '') => {
    expect(contrast(colour(text, theme), colour(surface, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(SHAPE_PAIRS)('%s on %s can be seen', (shape = '', surface = '') => {
    expect(contrast(colour(shape, theme), colour(surface, theme))).toBeGreaterThanOrEqual(3)
  })
})
