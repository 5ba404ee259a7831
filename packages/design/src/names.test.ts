import { expect, test } from 'vitest'
import { undirected, visibleName } from './names.ts'

test.each(['Ada', '王小明', '👩‍🚀', ' \u200bx', '\u202egnipohs'])('%j is seen', name => {
  expect(visibleName(name)).toBe(name)
})

test.each([
  null,
  undefined,
  '',
  '  ',
  '\u200b',
  '\u200b\u2060 \ufeff',
  '\u3164',
  '\u00ad',
  '\u2800',
  '\u202e',
])('%j is not', name => {
  expect(visibleName(name)).toBeNull()
})

test('a name in a sentence turns nothing round, and keeps its letters', () => {
  expect(undirected('\u202eAda\u2066\u2069\u202c שלום 👩‍🚀')).toBe('Ada שלום 👩‍🚀')
})
