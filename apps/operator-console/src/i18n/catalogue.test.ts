import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ERROR_CODES, ROLES } from '@parley/contracts'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { en, type MessageKey } from './en.ts'
import { CATALOGUES, createTexts, LOCALES } from './translate.ts'

const SOURCE = join(import.meta.dirname, '..')

const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter(
    file => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !/i18n\/(en|zh)(-chat)?\.ts$/.test(file),
  )
  .map(file => readFileSync(join(SOURCE, file), 'utf8'))
  .join('\n')

/** The beginnings of keys that are put together at run time: `error.${code}`. */
const families = [...sources.matchAll(/`([a-z_.]+\.)\$\{/g)].map(([, family = '']) => family)

const keys = Object.keys(en) as MessageKey[]

interface Element {
  readonly type: number
  readonly value?: unknown
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>
}

/** Literal text, and the # of a plural (TYPE in icu-messageformat-parser). */
const NAMELESS = [0, 7]

const namesIn = (element: Element): string[] => [
  ...(NAMELESS.includes(element.type) ? [] : [String(element.value)]),
  ...Object.values(element.options ?? {}).flatMap(option => option.value.flatMap(namesIn)),
]

/** The names a text asks for: {n}, {name, plural, …}. */
function argumentsOf(text: string): string[] {
  const elements: readonly Element[] = new IntlMessageFormat(text, 'en', undefined, {
    ignoreTag: true,
  }).getAst()
  return [...new Set(elements.flatMap(namesIn))].sort()
}

describe.each(LOCALES)('the catalogue of %s', locale => {
  test('has every text and no other', () => {
    expect(Object.keys(CATALOGUES[locale]).sort()).toEqual([...keys].sort())
  })

  test('is ICU, and asks only for what the English text is given', () => {
    const asks = (key: MessageKey) => argumentsOf(CATALOGUES[locale][key])
    // A language may leave a number out.
    const given = (key: MessageKey) => argumentsOf(en[key])
    const wrong = keys.filter(key => asks(key).some(name => !given(key).includes(name)))
    expect(wrong).toEqual([])
    expect(keys.filter(key => CATALOGUES[locale][key].trim() === '')).toEqual([])
  })
})

test('every text is used', () => {
  const used = (key: string) =>
    [`'${key}'`, `"${key}"`, `\`${key}\``].some(quoted => sources.includes(quoted)) ||
    families.some(family => key.startsWith(family))
  expect(keys.filter(key => !used(key))).toEqual([])
})

test('every way to fail has words', () => {
  const codes = [...ERROR_CODES, 'unreachable', 'closed', 'stale']
  expect(codes.filter(code => !(`error.${code}` in en))).toEqual([])
})

test('every role has a name', () => {
  expect(ROLES.filter(role => !(`account.role.${role}` in en))).toEqual([])
})

test('numbers take the right form of a word', () => {
  const texts = createTexts('en')
  expect(texts('error.rate_limited_for', { seconds: 1 })).toContain('1 second.')
  expect(texts('error.rate_limited_for', { seconds: 30 })).toContain('30 seconds.')
  expect(createTexts('zh')('message.new_below', { n: 3 })).toBe('3 条新消息')
})
