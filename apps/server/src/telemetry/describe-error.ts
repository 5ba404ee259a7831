import { scrub } from './scrub.ts'

export interface DescribedError {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly stack?: readonly string[]
  readonly issues?: unknown
  readonly cause?: DescribedError
}

const DEEPEST = 4

/**
 * What may be logged of an error: drivers put queries, rows and connection strings into theirs, so only the last line of
 * the message is kept, and of the stack only where it happened.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error, message: lastLine(String(error)) }
  const { code, issues } = error as { code?: unknown; issues?: unknown }
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return {
    name: error.name,
    message: lastLine(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    ...(frames.length > 0 && { stack: frames.map(line => line.trim()) }),
    ...(Array.isArray(issues) && { issues: issues.map(placeOf) }),
    ...(error.cause !== undefined && depth < DEEPEST && { cause: describeError(error.cause, depth + 1) }),
  }
}

const lastLine = (text: string): string => scrub(text.trim().split('\n').at(-1)?.trim() ?? '').slice(0, 500)

/** Of a schema's issue where and why, not the value. */
function placeOf(issue: unknown): string {
  const { path = [], code = '' } = issue as { path?: readonly unknown[]; code?: string }
  return `${path.map(String).join('.')}: ${code}`
}
