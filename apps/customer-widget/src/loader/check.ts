/** For the page's developer. */
const fault = (what: string) => new Error(`parley: ${what}`)
export const complain = (what: string): void => reportError(fault(what))

/** docs/embedding.md says what is right. */
export function wrong(what: string): never {
  throw fault(`wrong ${what}`)
}

type Rules = Readonly<Record<string, RegExp>>

/** What each value must be, as JSON; `u`, which begins no JSON, stands for one that is not there. */
export const IDENTITY: Rules = {
  userId: /^"[^"]/,
  userHash: /^"[\da-f]{64}"$/i,
  name: /^[u"]/,
  email: /^[u"]/,
}
export const OPTIONS: Rules = {
  locale: /^[u"]/,
  theme: /^(u|"(light|dark|auto)"$)/,
  accent: /^(u|"#[\da-f]{6}"$)/i,
  // At most 8192 characters, as the contracts have it.
  metadata: /^(u|{.{1,8191}$)/s,
}

export type Given = Readonly<Record<string, unknown>> | undefined

/** A copy: what the page changes later in its own object counts for nothing. `null` is nothing too. */
export function checked<T extends object>(given: Given, rules: Rules): T {
  const copy: Record<string, unknown> = {}
  for (const name in { ...rules, ...given }) {
    const json = JSON.stringify(given?.[name] ?? undefined)
    if (!rules[name]?.test(json)) wrong(name)
    if (json) copy[name] = JSON.parse(json)
  }
  return copy as T
}
