/** For the page's developer; docs/embedding.md says what is right. */
export function wrong(what: string): never {
  throw new Error(`parley: wrong ${what}`)
}

type Rules = Readonly<Record<string, RegExp>>

/** What each value must be, as JSON. */
export const IDENTITY: Rules = { userId: /^"./, userHash: /^"[\da-f]{64}"$/i, name: /^"/, email: /^"/ }
export const OPTIONS: Rules = {
  locale: /^"/,
  theme: /^"(light|dark|auto)"$/,
  accent: /^"#[\da-f]{6}"$/i,
  // At most 8192 characters, as the contracts have it.
  metadata: /^{.{1,8191}$/s,
}

/** A copy: what the page changes later in its own object counts for nothing. A value that is not there is none. */
export function checked<T extends object>(given: object, rules: Rules): T {
  const copy = structuredClone(given) as Record<string, unknown>
  for (const name in copy) if (!rules[name]?.test(JSON.stringify(copy[name]))) wrong(name)
  return copy as T
}
