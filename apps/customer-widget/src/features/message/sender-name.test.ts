import type { Session } from '@parley/contracts'
import { expect, test } from 'vitest'
import { format } from '../../i18n/format.ts'
import type { Texts } from '../../i18n/texts.ts'
import { senderName } from './sender-name.ts'

const texts: Texts = Object.assign((key: string) => key, { locale: 'en' as const })
const answeredBy = (name: string) => ({ operator: { id: 'ada', name, avatar: null } }) as Session

test.each([
  ['Ada', 'Ada'],
  ['\u200b\u2060', 'message.support'],
])('an operator called %j is shown as %s', (name, shown) => {
  expect(senderName(texts, 'ada', answeredBy(name))).toBe(shown)
})

test('a name turns no sentence round', () => {
  expect(format([['name'], ' has joined'], { name: '\u202eAda' }, 'en')).toBe('Ada has joined')
})
