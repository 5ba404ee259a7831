import { ERROR_CODES } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { format, localeOf, textsOf } from './translate.ts'

describe('localeOf', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,zh;q=0.9', 'en'],
    ['de, zh;q=0.4, en;q=0.2', 'zh'],
    ['zh;q=0', 'en'],
    ['en;q=0.1,zh;q=0.7', 'zh'],
    ['*;;;q=,', 'en'],
  ])('%j → %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale)
  })
})

describe('format', () => {
  it.each(['en', 'zh'] as const)('has a sentence for every code even without its arguments: %s', locale => {
    for (const code of ERROR_CODES) expect(format(locale, textsOf(locale).errors[code], {})).toMatch(/\S/)
  })

  it('picks the sentence by its reason, and the plural by its number', () => {
    const { errors } = textsOf('en')
    expect(format('en', errors.not_found, { reason: 'route' })).toContain('/docs')
    expect(format('en', errors.not_found, { reason: 'unheard of' })).toContain('Check the id')
    expect(format('en', errors.rate_limited, { seconds: 1 })).toContain('1 second,')
    expect(format('en', errors.rate_limited, { seconds: 12 })).toContain('12 seconds')
  })
})
