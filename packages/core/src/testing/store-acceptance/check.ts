/** Assertions of the suite's own, so that it runs under any test runner. */

const show = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, part) => (part instanceof Map ? [...part] : part instanceof Set ? [...part] : part),
    1,
  ) ?? String(value)

export class Mismatch extends Error {
  constructor(what: string, actual: unknown, expected: unknown) {
    super(`${what}\n  is        ${show(actual)}\n  should be ${show(expected)}`)
    this.name = 'Mismatch'
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function same(actual: unknown, expected: unknown): boolean {
  if (Object.is(actual, expected)) return true
  if (actual instanceof Set && expected instanceof Set) return same([...actual], [...expected])
  if (!isRecord(actual) || !isRecord(expected) || Array.isArray(actual) !== Array.isArray(expected))
    return false
  const keys = new Set([...Object.keys(actual), ...Object.keys(expected)])
  return [...keys].every(key => same(actual[key], expected[key]))
}

function has(actual: unknown, expected: unknown): boolean {
  if (!isRecord(expected)) return Object.is(actual, expected)
  if (!isRecord(actual)) return false
  if (Array.isArray(expected) && Array.isArray(actual) && actual.length !== expected.length) return false
  return Object.entries(expected).every(([key, value]) => has(actual[key], value))
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  if (!same(actual, expected)) throw new Mismatch(what, actual, expected)
}

/** Has all that `expected` names; lists have as many members. */
export function matches(actual: unknown, expected: unknown, what: string): void {
  if (!has(actual, expected)) throw new Mismatch(what, actual, expected)
}

export function ok(condition: boolean, what: string): void {
  if (!condition) throw new Mismatch(what, condition, true)
}

/** Between the two, both included. */
export function between(actual: number, from: number, to: number, what: string): void {
  if (!(actual >= from && actual <= to)) throw new Mismatch(what, actual, `${from} to ${to}`)
}

export const oneTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)
