import { origin, siteUpdate } from '@parley/contracts'
import { contrast, textOn } from '@parley/design/contrast'
import { describe, expect, test } from 'vitest'
import { createTexts } from '../../i18n/translate.ts'
import { changesOf, entryOf, isChanged, ORIGIN, originsOf, problemsOf } from './site-entry.ts'
import { embedSnippet } from './snippets.ts'

const texts = createTexts('en')
const settings = {
  name: 'Shop',
  strategy: 'least-busy',
  allowedOrigins: ['https://www.example.com'],
  accent: '#0b6bcb',
  corner: 'right',
} as const satisfies Parameters<typeof entryOf>[0]
const saved = { ...settings, allowedOrigins: [...settings.allowedOrigins] }

test('sites are read one a line, as people paste them', () => {
  expect(originsOf('https://A.example/\n\n http://b.example:8080, https://a.example')).toEqual([
    'https://a.example',
    'http://b.example:8080',
  ])
})

test('what was not touched is not changed', () => {
  expect(isChanged(entryOf(saved), saved)).toBe(false)
  const changes = changesOf({ ...entryOf(saved), accent: '#ffffff', allowedOrigins: '' }, saved)
  expect(changes).toEqual({ accent: '#ffffff', allowedOrigins: [] })
  expect(siteUpdate.input.safeParse(changes).success).toBe(true)
})

test.each([
  ['name', { name: '  ' }],
  ['accent', { accent: 'blue' }],
  ['allowedOrigins', { allowedOrigins: 'www.example.com' }],
  ['allowedOrigins', { allowedOrigins: 'https://a.example/path' }],
  [
    'allowedOrigins',
    { allowedOrigins: Array.from({ length: 101 }, (_, n) => `https://a${n}.example`).join('\n') },
  ],
])('%s says what is wrong', (field, some) => {
  expect(Object.keys(problemsOf(texts, { ...entryOf(saved), ...some }))).toEqual([field])
})

test('the form’s rules are the contracts’', () => {
  for (const address of ['https://a.example', 'http://a:1', 'ftp://a', 'https://a/b', 'a', 'https://a b']) {
    expect(ORIGIN.test(address), address).toBe(origin.safeParse(address).success)
  }
})

describe('the text on a colour', () => {
  test.each([
    ['#ffffff', '#000000'],
    ['#000000', '#ffffff'],
    ['#2f5fd0', '#ffffff'],
    ['#ffd400', '#000000'],
  ])('%s is %s', (colour, text) => {
    expect(textOn(colour)).toBe(text)
  })

  test('can always be read', () => {
    const steps = ['00', '33', '66', '80', '99', 'cc', 'ff']
    const colours = steps.flatMap(r => steps.flatMap(g => steps.map(b => `#${r}${g}${b}`)))
    expect(colours.filter(colour => contrast(colour, textOn(colour)) < 4.5)).toEqual([])
  })
})

test('a snippet can’t be broken out of', () => {
  expect(embedSnippet('https://chat.example', '"><script>')).toBe(
    '<script async src="https://chat.example/widget.js" data-site="&quot;><script>"></script>',
  )
})
