import { afterEach, describe, expect, test, vi } from 'vitest'
import { dayAndTime, dayName, duration, shortTime } from './time.ts'
import { bestLocale, createTexts } from './translate.ts'

const texts = createTexts('en')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const now = new Date(2026, 10, 21, 15, 0).getTime()

afterEach(() => vi.unstubAllGlobals())

test.each([
  [0, '0:00'],
  [41_000, '0:41'],
  [12 * MINUTE + 5000, '12:05'],
  [HOUR + 2 * MINUTE + 3000, '1:02:03'],
  [-5000, '0:00'],
])('a wait of %d ms reads %s', (ms, shown) => {
  expect(duration(ms)).toBe(shown)
})

describe('a time is relative up to a day, then a date', () => {
  test.each([
    [30_000, 'now'],
    [4 * MINUTE, '4 m'],
    [23 * HOUR, '23 h'],
    [25 * HOUR, 'Nov 20'],
    [400 * 24 * HOUR, 'Oct 17, 2025'],
  ])('%d ms ago', (age, shown) => {
    vi.stubGlobal('navigator', { languages: ['en-US'] })
    expect(shortTime(texts, now - age, now)).toBe(shown)
  })
})

test('days are told by the calendar, not by 24 hours', () => {
  const lateYesterday = new Date(2026, 10, 20, 23, 59).getTime()
  expect(dayName(texts, lateYesterday, now)).toBe('Yesterday')
  expect(dayName(texts, now - 14 * HOUR, now)).toBe('Today')
  expect(dayName(createTexts('zh'), lateYesterday, now)).toBe('昨天')
})

test('a moment of another day says which day', () => {
  vi.stubGlobal('navigator', { languages: ['en-GB'] })
  const other = createTexts('en')
  expect(dayAndTime(other, new Date(2026, 10, 21, 9, 30).getTime(), now)).toMatch(/^0?9:30/)
  expect(dayAndTime(other, new Date(2026, 10, 19, 9, 30).getTime(), now)).toMatch(/19|Nov/)
})

test.each([
  [['zh-CN', 'en'], 'zh'],
  [['fr-FR', 'zh-TW'], 'zh'],
  [['en-GB', 'zh'], 'en'],
  [['fr'], 'en'],
  [[], 'en'],
])('of %j the language is %s', (languages, locale) => {
  expect(bestLocale(languages)).toBe(locale)
})
