interface Wrapped {
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly kind?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown } | null
}

/** Errors wrap each other at most so deep here. */
const DEEPEST = 6

/**
 * PostgreSQL's SQLSTATE or the system's error code, however deep Prisma has wrapped it (a raw query that fails is
 * `P2010` outside, whatever the reason); else what Prisma's adapter or Prisma itself calls it; else empty.
 */
export function errorCode(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return ''
  const { code, originalCode, kind, cause, meta }: Wrapped = error
  return (
    errorCode(meta?.driverAdapterError, depth + 1) ||
    errorCode(cause, depth + 1) ||
    [originalCode, code, kind].find(one => typeof one === 'string') ||
    ''
  )
}

/** The chain of what the errors say, the outermost first. */
export function errorTexts(error: unknown): string {
  const texts: string[] = []
  for (let one: unknown = error; one instanceof Error && texts.length < DEEPEST; one = one.cause)
    texts.push(one.message)
  return texts.join('\n')
}
