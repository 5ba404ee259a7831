import { textOn } from '@parley/design/contrast'
import type { PageState } from '../bridge/protocol.ts'
import { bestLocale, type Locale } from '../i18n/locale.ts'
import { createTexts } from '../i18n/texts.ts'

const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-CN' }

/** The document's own language, theme and accent, as the page and the site want them. */
export function applyLook({ settings, options, languages }: PageState): void {
  const root = document.documentElement
  const accent = options.accent ?? settings.accent
  const locale = bestLocale(languages)
  root.lang = LANGUAGES[locale]
  root.dataset['theme'] = options.theme ?? 'auto'
  root.style.setProperty('--accent', accent)
  root.style.setProperty('--on-accent', textOn(accent))
  document.title = createTexts(locale)('app.title')
}
