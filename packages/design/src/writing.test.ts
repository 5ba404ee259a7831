import { expect, test } from 'vitest'
import { lengthOf, sendsOn } from './writing.ts'

const enter = {
  key: 'Enter',
  keyCode: 13,
  shiftKey: false,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
}

test.each([
  ['Enter', {}, true],
  ['⌘ Enter', { metaKey: true }, true],
  ['Shift+Enter', { shiftKey: true }, false],
  ['the Enter of an input method', { isComposing: true }, false],
  ['the Enter of an input method in Safari', { keyCode: 229 }, false],
  ['a letter', { key: 'a', keyCode: 65 }, false],
])('%s', (_, press, sends) => {
  expect(sendsOn({ ...enter, ...press })).toBe(sends)
})

test('counts as the server does: code points, after trimming', () => {
  expect(lengthOf('  👍中a \n')).toBe(3)
})
