import { undirected } from '@parley/design/names'
import { IntlMessageFormat } from 'intl-messageformat'
import { type Catalogue, en, type MessageKey } from './en.ts'
import { zh } from './zh.ts'

export type Locale = 'en' | 'zh'
export const LOCALES: readonly Locale[] = ['en', 'zh']

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, zh }

export type Values = Readonly<Record<string, string | number>>

/** What a screen says its texts with. */
export interface Texts {
  (key: MessageKey, values?: Values): string
  readonly locale: Locale
}

/** The first of the person's languages that there is a catalogue for. */
export function bestLocale(languages: readonly string[]): Locale {
  const known = languages.map(language => language.slice(0, 2).toLowerCase())
  return LOCALES.find(locale => locale === known.find(isLocale)) ?? 'en'
}

const isLocale = (value: string): value is Locale => LOCALES.some(locale => locale === value)

/** A name that turns its own letters round must not turn the sentence. */
const straight = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'string' ? undirected(value) : value,
    ]),
  )

export function createTexts(locale: Locale): Texts {
  const formats = new Map<MessageKey, IntlMessageFormat>()
  const format = (key: MessageKey) => {
    const known = formats.get(key)
    if (known) return known
    const made = new IntlMessageFormat(CATALOGUES[locale][key], locale, undefined, { ignoreTag: true })
    formats.set(key, made)
    return made
  }
  const say = (key: MessageKey, values: Values = {}) => String(format(key).format(straight(values)))
  return Object.assign(say, { locale })
}
