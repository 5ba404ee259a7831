import { expect, test } from 'vitest'
import { percentOf } from './percent.ts'

test.each([
  [0, 1000, 0],
  [999, 1000, 99],
  [1000, 1000, 100],
  [0, 0, 100],
])('%i of %i bytes are %i %%', (loaded, total, percent) => {
  expect(percentOf({ loaded, total })).toBe(percent)
})
