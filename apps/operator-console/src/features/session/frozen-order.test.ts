import { expect, test } from 'vitest'
import { frozenRows, rowsOf } from './frozen-order.ts'

const items = (...ids: string[]) => ids.map(id => ({ id, text: id }))
const keys = (rows: readonly { key: string; gone: boolean }[]) =>
  rows.map(row => (row.gone ? `(${row.key})` : row.key))

test('another order does not move a row', () => {
  const shown = rowsOf(items('a', 'b', 'c'))
  expect(keys(frozenRows(shown, items('c', 'a', 'b')))).toEqual(['a', 'b', 'c'])
})

test('a row shows what is new about it, where it stands', () => {
  const shown = rowsOf(items('a', 'b'))
  const rows = frozenRows(shown, [
    { id: 'b', text: 'news' },
    { id: 'a', text: 'a' },
  ])
  expect(rows[1]?.item.text).toBe('news')
})

test('what comes is added at the end', () => {
  const shown = rowsOf(items('a', 'b'))
  expect(keys(frozenRows(shown, items('new', 'a', 'b', 'newer')))).toEqual(['a', 'b', 'new', 'newer'])
})

test('what goes keeps its place, marked', () => {
  const shown = rowsOf(items('a', 'b', 'c'))
  expect(keys(frozenRows(shown, items('a', 'c')))).toEqual(['a', '(b)', 'c'])
})

test('what comes back is no longer marked', () => {
  const gone = frozenRows(rowsOf(items('a', 'b')), items('a'))
  expect(keys(frozenRows(gone, items('b', 'a')))).toEqual(['a', 'b'])
})
