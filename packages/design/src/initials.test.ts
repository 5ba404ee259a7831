import { expect, test } from 'vitest'
import { initials } from './initials.ts'

test.each([
  ['Ada Okafor', 'AO'],
  ['ada', 'A'],
  ['Maria del Carmen Ruiz', 'MR'],
  ['王小明', '明'],
  ['  ', '?'],
  ['\u200b\u3164', '?'],
  ['\u202eada', 'A'],
  ['👩‍🚀 Kim', '👩K'],
])('%j is shown as %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
