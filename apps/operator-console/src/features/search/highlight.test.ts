import { expect, test } from 'vitest'
import { highlighted } from './highlight.ts'

const marked = (text: string, keyword: string) =>
  highlighted(text, keyword)
    .map(piece => (piece.found ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['The Order of the order', 'order', 'The [Order] of the [order]'],
  ['两个中文字', '中文', '两个[中文]字'],
  ['a.b and axb', 'a.b', '[a.b] and axb'],
  ['one two three', 'three one', '[one] two [three]'],
  ['first\nsecond', 'second', 'first [second]'],
  ['nothing of it', 'else', 'nothing of it'],
  ['as it is', '  ', 'as it is'],
])('in %j, %j', (text, keyword, shown) => {
  expect(marked(text, keyword)).toBe(shown)
})

test('a hit far inside is brought into sight', () => {
  const shown = marked(`${'word '.repeat(50)}needle and more`, 'needle')
  expect(shown.startsWith('…word')).toBe(true)
  expect(shown.indexOf('[needle]')).toBeLessThan(60)
})

test('a hit in a long word too', () => {
  expect(marked(`${'x'.repeat(200)}needle`, 'needle')).toBe(`…${'x'.repeat(40)}[needle]`)
})
