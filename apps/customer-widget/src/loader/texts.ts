import { bestLocale } from '../i18n/locale.ts'
import en from './texts/en.json' with { type: 'json' }
import zh from './texts/zh.json' with { type: 'json' }

export type Texts = typeof en

export const textsFor = (languages: readonly (string | undefined)[]): Texts =>
  ({ en, zh })[bestLocale(languages)]
