import { TEXTS } from '@parley/contracts/texts'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '../operations/types.ts'

type Values = Readonly<Record<string, string | number>>

/** Parsed once: a text is asked for on every refused request. */
const parsed: Record<Locale, Map<string, IntlMessageFormat>> = { en: new Map(), zh: new Map() }

/** An ICU message with its values put in. One that is missing reads as `other`, so that a sentence never fails. */
export function format(locale: Locale, text: string, values: Values): string {
  let message = parsed[locale].get(text)
  if (!message) {
    message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
    parsed[locale].set(text, message)
  }
  return String(
    message.format({ reason: 'other', field: 'none', problem: '', seconds: 1, max: '', ...values }),
  )
}

export const textsOf = (locale: Locale) => TEXTS[locale]

/** The language that `Accept-Language` likes best, of those there are. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  if (!acceptLanguage) return 'en'
  const wishes = acceptLanguage.split(',', 20).map(wish => {
    const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';')
    const weight = parameters.map(p => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find(q => q !== undefined)
    return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) }
  })
  const known = wishes.filter(wish => (wish.language === 'en' || wish.language === 'zh') && wish.weight > 0)
  const [best] = known.sort((a, b) => b.weight - a.weight)
  return best?.language === 'zh' ? 'zh' : 'en'
}
