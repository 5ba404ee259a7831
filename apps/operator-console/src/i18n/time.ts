import type { Locale, Texts } from './translate.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const two = (value: number) => String(value).padStart(2, '0')

/** A running clock: 0:41, 12:05, 1:02:03. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** Relative up to a day, then the date. */
export function shortTime(texts: Texts, at: number, now: number): string {
  const age = now - at
  if (age < MINUTE) return texts('time.now')
  if (age < HOUR) return texts('time.minutes', { n: Math.floor(age / MINUTE) })
  if (age < DAY) return texts('time.hours', { n: Math.floor(age / HOUR) })
  return date(texts, at, now)
}

function date(texts: Texts, at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  const year = sameYear ? {} : ({ year: 'numeric' } as const)
  return format(texts, { month: 'short', day: 'numeric', ...year }).format(at)
}

/** What a day's separator says. */
export function dayName(texts: Texts, at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY)
  if (days === 0) return texts('time.today')
  if (days === 1) return texts('time.yesterday')
  return format(texts, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }).format(at)
}

/** Hours and minutes, in the person's own habit. */
export const clockTime = (texts: Texts, at: number): string =>
  format(texts, { hour: 'numeric', minute: '2-digit' }).format(at)

/** The clock today, with the date before. */
export function dayAndTime(texts: Texts, at: number, now: number): string {
  if (midnight(at) === midnight(now)) return clockTime(texts, at)
  return format(texts, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(at)
}

export const exactTime = (texts: Texts, at: number): string =>
  format(texts, { dateStyle: 'full', timeStyle: 'medium' }).format(at)

/** The start of the local day. */
export function midnight(at: number): number {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(texts: Texts, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${texts.locale} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(regional(texts.locale), options)
  formats.set(key, made)
  return made
}

/** The person's own region of the language, for its habit of writing times. */
const regional = (locale: Locale): string =>
  navigator.languages.find(language => language.startsWith(locale)) ?? locale
