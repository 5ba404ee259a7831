import { attempt } from './attempt.ts'

/** For the page's developer. */
const fault = (what: string) => new Error(`parley: ${what}`)
export const complain = (what: string): void => reportError(fault(what))

/** docs/embedding.md says what is right. */
export function wrong(what: string): never {
  throw fault(`wrong ${what}`)
}

type Rules = Readonly<Record<string, RegExp>>

/** What each value must be, as JSON; `n`, which begins `null` alone, stands for one that is not there. */
export const IDENTITY: Rules = {
  userId: /^"[^"]/,
  userHash: /^"[\da-f]{64}"$/i,
  name: /^[n"]/,
  email: /^[n"]/,
}
export const OPTIONS: Rules = {
  locale: /^[n"]/,
  theme: /^(n|"(light|dark|auto)"$)/,
  accent: /^(n|"#[\da-f]{6}"$)/i,
  // At most 8192 characters, as the contracts have it.
  metadata: /^(n|{.{1,8191}$)/s,
}

export type Given = Readonly<Record<string, unknown>> | undefined

/** A copy: what the page changes later in its own object counts for nothing. `null` is nothing too. */
export function checked<T extends object>(given: Given, rules: Rules): T {
  const copy: Record<string, unknown> = {}
  for (const name in { ...rules, ...given }) {
    // What can't be JSON is `undefined`, which no rule takes.
    const json = attempt(() => JSON.stringify(given?.[name] ?? null)) as string
    if (!rules[name]?.test?.(json)) wrong(name)
    if (json !== 'null') copy[name] = JSON.parse(json)
  }
  return copy as T
}
