import { format, type Pattern, type Values } from './format.ts'
import type { Locale } from './locale.ts'
import en from './texts/en.json' with { type: 'json' }
import zh from './texts/zh.json' with { type: 'json' }

export type TextKey = keyof typeof en

const CATALOGUES: Readonly<Record<Locale, Readonly<Record<TextKey, Pattern>>>> = { en, zh }

/** What a screen says its texts with. */
export interface Texts {
  (key: TextKey, values?: Values): string
  readonly locale: Locale
}

export const createTexts = (locale: Locale): Texts =>
  Object.assign((key: TextKey, values: Values = {}) => format(CATALOGUES[locale][key], values, locale), {
    locale,
  })
