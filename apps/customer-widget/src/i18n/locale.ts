export type Locale = 'en' | 'zh'

/** The first of these languages (BCP 47) that there are texts in. */
export function bestLocale(languages: readonly (string | undefined)[]): Locale {
  const [locale = 'en'] = /\b(en|zh)\b/i.exec(languages.join(' ')) ?? []
  return locale.toLowerCase() as Locale
}
