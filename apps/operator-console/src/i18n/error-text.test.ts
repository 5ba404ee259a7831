import { ParleyError } from '@parley/sdk'
import { expect, test } from 'vitest'
import { errorText, fieldProblem, formProblem } from './error-text.ts'
import { createTexts } from './translate.ts'

const texts = createTexts('en')
const invalid = (...paths: string[]) =>
  new ParleyError('validation_failed', {
    details: paths.map(path => ({ path, message: `${path} is wrong` })),
  })

test.each([
  [null, null],
  [new ParleyError('not_found'), 'It is not there any more.'],
  [
    new TypeError('a fault of our own'),
    'The server made a mistake. Try again; if it stays, tell your admin.',
  ],
  [
    new ParleyError('conflict', { message: 'Change IDENTITY_SECRET there.' }),
    'Change IDENTITY_SECRET there.',
  ],
  [
    new ParleyError('rate_limited', { retryAfterMs: 400 }),
    'That was too much at once. Try again in 1 second.',
  ],
  [
    new ParleyError('rate_limited', { retryAfterMs: 896_000 }),
    'That was too much at once. Try again in 15 minutes.',
  ],
  [new ParleyError('rate_limited'), 'That was too much at once. Wait a moment, then try again.'],
])('%s', (error, words) => {
  expect(errorText(texts, error)).toBe(words)
})

test('what is wrong with a field is said there, and only there', () => {
  expect(fieldProblem(invalid('name'), 'name')).toBe('name is wrong')
  expect(fieldProblem(invalid('name'), 'password')).toBeNull()
  expect(formProblem(texts, invalid('name'), ['name'])).toBeNull()
})

test('what no field of the form shows is said of the whole', () => {
  expect(formProblem(texts, invalid('name', 'other'), ['name'])).toBe(
    'Something here is not as it should be.',
  )
  expect(formProblem(texts, invalid(), ['name'])).toBe('Something here is not as it should be.')
})
