import type { RawInput, SiteSettings } from '@parley/contracts'
import type { Texts } from '../../i18n/translate.ts'

/** As the contracts have them; a test compares. */
export const ORIGIN = /^https?:\/\/[^/\s?#@]+$/
const ORIGIN_MAX = 255
const ORIGINS_MAX = 100
export const ACCENT = /^#[0-9a-fA-F]{6}$/

/** What is typed into the form; sites one a line. */
export interface SiteEntry {
  readonly name: string
  readonly strategy: SiteSettings['strategy']
  readonly accent: string
  readonly corner: SiteSettings['corner']
  readonly allowedOrigins: string
}

export const entryOf = (settings: SiteSettings): SiteEntry => ({
  ...settings,
  allowedOrigins: settings.allowedOrigins.join('\n'),
})

/** A slash at the end of an address is no reason to refuse it. */
export const originsOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(origin => origin.replace(/\/$/, '').toLowerCase()),
  ),
]

export function problemsOf(texts: Texts, entry: SiteEntry): Partial<Record<keyof SiteEntry, string>> {
  const origins = originsOf(entry.allowedOrigins)
  const wrong = origins.find(origin => !ORIGIN.test(origin) || origin.length > ORIGIN_MAX)
  return {
    ...(entry.name.trim() === '' && { name: texts('site.name_missing') }),
    ...(!ACCENT.test(entry.accent) && { accent: texts('site.accent_wrong') }),
    ...(origins.length > ORIGINS_MAX && { allowedOrigins: texts('site.origins_many', { max: ORIGINS_MAX }) }),
    ...(wrong !== undefined && { allowedOrigins: texts('site.origin_wrong', { origin: wrong }) }),
  }
}

/** Only what is different: two admins who change different things don't undo each other. */
export function changesOf(entry: SiteEntry, settings: SiteSettings): RawInput<'site.update'> {
  const name = entry.name.trim()
  const allowedOrigins = originsOf(entry.allowedOrigins)
  return {
    ...(name !== settings.name && { name }),
    ...(entry.strategy !== settings.strategy && { strategy: entry.strategy }),
    ...(entry.accent !== settings.accent && { accent: entry.accent }),
    ...(entry.corner !== settings.corner && { corner: entry.corner }),
    ...(allowedOrigins.join() !== settings.allowedOrigins.join() && { allowedOrigins }),
  }
}

export const isChanged = (entry: SiteEntry, settings: SiteSettings): boolean =>
  Object.keys(changesOf(entry, settings)).length > 0
