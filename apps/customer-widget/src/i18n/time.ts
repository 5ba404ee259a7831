import type { Texts } from './texts.ts'

const DAY_MS = 86_400_000

/** The start of the local day. */
export const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** What a day's separator says. */
export function dayName(texts: Texts, at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS)
  if (days === 0) return texts('day.today')
  if (days === 1) return texts('day.yesterday')
  return say(texts, at, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' })
}

/** Hours and minutes, in the person's own habit. */
export const clockTime = (texts: Texts, at: number): string =>
  say(texts, at, { hour: 'numeric', minute: '2-digit' })

export const exactTime = (texts: Texts, at: number): string =>
  say(texts, at, { dateStyle: 'full', timeStyle: 'medium' })

/** In the person's own region of the language. */
function say({ locale }: Texts, at: number, options: Intl.DateTimeFormatOptions): string {
  const regional = navigator.languages.find(language => language.startsWith(locale)) ?? locale
  return new Date(at).toLocaleString(regional, options)
}
