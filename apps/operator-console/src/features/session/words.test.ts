import { expect, test } from 'vitest'
import { session } from '../../../test/entities.ts'
import { createTexts } from '../../i18n/translate.ts'
import { nameOf } from './words.ts'

const texts = createTexts('en')

test.each([null, '\u200b', ' \u2060\u3164'])('a visitor called %j has no name', userName => {
  const name = nameOf(texts, session({ userName }))
  expect(name).toBe(texts('session.visitor', { mark: 'lin' }))
  expect(nameOf(texts, session({ userName, name: 'Lin’s order' }))).toBe('Lin’s order')
})

test('a name turns no sentence round', () => {
  expect(texts('session.with', { name: '\u202egnipohs' })).toBe('With gnipohs')
})
