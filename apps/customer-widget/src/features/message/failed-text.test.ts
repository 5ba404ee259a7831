import { expect, test } from 'vitest'
import { createTexts } from '../../i18n/texts.ts'
import { failedText, helpsToRetry } from './failed-text.ts'

const texts = createTexts('en')

test.each([
  ['payload_too_large', /too large\. Choose a smaller one/, false],
  ['unsupported_media_type', /can’t be taken\. Send it as/, false],
  ['session_ended', /this chat has ended/, true],
  ['internal', /^Not sent\.$/, true],
] as const)('%s says what to do, and offers another try where that can help', (code, words, retry) => {
  expect(failedText(texts, { code })).toMatch(words)
  expect(helpsToRetry({ code })).toBe(retry)
})
