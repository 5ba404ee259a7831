import { undirected } from '@parley/design/names'

/** A text as compile-texts.mjs leaves it; one with nothing to fill in is a plain string. */
export type Pattern = string | readonly Part[]
export type Part =
  | string
  | readonly [argument: string]
  | readonly [argument: string, choices: Readonly<Record<string, Pattern>>, plural?: 1]

export type Values = Readonly<Record<string, string | number>>

export function format(pattern: Pattern, values: Values, locale: string): string {
  if (typeof pattern === 'string') return pattern
  return pattern.map(part => (typeof part === 'string' ? part : fill(part, values, locale))).join('')
}

function fill([argument, choices, plural]: Exclude<Part, string>, values: Values, locale: string): string {
  const value = values[argument] ?? ''
  if (!choices) return undirected(`${value}`)
  const form = plural ? new Intl.PluralRules(locale).select(+value) : value
  return format(choices[`=${value}`] ?? choices[form] ?? choices['other'] ?? '', values, locale)
}
