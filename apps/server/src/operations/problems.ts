import { Failure, type FieldProblem, type Fields, spelledPath, type Values } from '@parley/contracts'
import type { ProblemKey } from '@parley/contracts/texts'
import type { z } from 'zod'
import { format, textsOf } from '../texts/translate.ts'
import type { Locale } from './types.ts'

type Issue = z.core.$ZodIssue

/** How the caller spells an input: see the bindings. */
export interface Spelling {
  readonly fields?: Fields
  readonly values?: Values
}

/** What is wrong with an input, one problem a field, in the caller's own spelling and language. */
export function problemsOf(error: z.core.$ZodError, locale: Locale, spelling: Spelling = {}): FieldProblem[] {
  const problems = new Map<string, FieldProblem>()
  for (const issue of error.issues.slice(0, MOST_PROBLEMS)) {
    const meant = meantIssue(issue)
    const path = spelledPath([...issue.path, ...meant.inner].map(String).join('.'), spelling.fields)
    if (!problems.has(path))
      problems.set(path, { path, message: sentenceOf(meant.issue, locale, spelling.values?.[path]) })
  }
  return [...problems.values()]
}

/**
 * A failure of the core, which speaks of fields in the operation's spelling and in English, for its caller. One that is
 * for its caller already stays as it is.
 */
export function retold(failure: Failure, locale: Locale, { fields }: Spelling = {}): Failure {
  if (failure.details.length === 0) return failure
  const rules: Readonly<Record<string, string>> = textsOf(locale).rules
  const details = failure.details.map(({ path, message }) => {
    const rule = rules[message]
    return {
      path: spelledPath(path, fields),
      message: rule === undefined ? message : format(locale, rule, failure.params),
    }
  })
  return new Failure(failure.code, failure.params, details)
}

const MOST_PROBLEMS = 20

interface Meant {
  readonly issue: Issue
  /** Where in the value of the outer issue. */
  readonly inner: readonly PropertyKey[]
}

function meantIssue(issue: Issue): Meant {
  const inner =
    issue.code === 'invalid_union'
      ? nearestBranch(issue)
      : issue.code === 'invalid_key'
        ? issue.issues[0]
        : undefined
  if (!inner) return { issue, inner: [] }
  const meant = meantIssue(inner)
  return { issue: meant.issue, inner: [...inner.path, ...meant.inner] }
}

/** Of a union the branch that the value was nearest to: one that liked its type, but not what is in it. */
function nearestBranch(issue: Extract<Issue, { code: 'invalid_union' }>): Issue | undefined {
  const branches = issue.errors.map(branch => branch[0]).filter(inner => inner !== undefined)
  return (
    branches.find(inner => inner.code !== 'invalid_type' && inner.code !== 'invalid_value') ??
    branches.find(inner => inner.code === 'invalid_type' && NUMBERS.has(inner.expected)) ??
    branches.findLast(inner => inner.code === 'invalid_type')
  )
}

/** Where a number may come as a text, it is the number that is wished for. */
const NUMBERS: ReadonlySet<string> = new Set(['int', 'number'])

type SpelledValues = Readonly<Record<string, string>>

function sentenceOf(issue: Issue, locale: Locale, values?: SpelledValues): string {
  if (!GENERIC.test(issue.message)) return textsOf(locale).sentences[issue.message] ?? issue.message
  return problemText(locale, ...reasonOf(issue, values))
}

export function problemText(
  locale: Locale,
  key: ProblemKey,
  values: Record<string, string | number> = {},
): string {
  return format(locale, textsOf(locale).problems[key], withType(locale, values))
}

function withType(locale: Locale, values: Record<string, string | number>): Record<string, string | number> {
  const { expected } = values
  if (typeof expected !== 'string') return values
  const types: Readonly<Record<string, string>> = textsOf(locale).types
  return { ...values, expected: types[expected] ?? expected }
}

type Reason = readonly [ProblemKey, Record<string, string | number>]

/** Zod's own wordings begin so; a schema's own sentence is kept and only translated. */
const GENERIC = /^(Invalid|Too (small|big)|Unrecognized)/

function reasonOf(issue: Issue, values: SpelledValues = {}): Reason {
  switch (issue.code) {
    case 'invalid_type':
      return typeReason(issue)
    case 'too_small':
      return [SMALL[kindOf(issue.origin)], { min: Number(issue.minimum) }]
    case 'too_big':
      return [BIG[kindOf(issue.origin)], { max: Number(issue.maximum) }]
    case 'invalid_value':
      return ['one_of', { values: issue.values.map(value => spelledValue(String(value), values)).join(', ') }]
    case 'invalid_format':
      return [FORMATS[issue.format] ?? 'form', {}]
    default:
      return ['form', {}]
  }
}

const spelledValue = (value: string, values: SpelledValues): string =>
  Object.entries(values).find(([, ours]) => ours === value)?.[0] ?? value

function typeReason(issue: Extract<Issue, { code: 'invalid_type' }>): Reason {
  if (issue.message.endsWith('received undefined')) return ['required', {}]
  if (issue.expected === 'int') return ['whole_number', {}]
  return ['type', { expected: issue.expected === 'record' ? 'object' : issue.expected }]
}

type Kind = 'text' | 'number' | 'list'
const kindOf = (origin: string): Kind =>
  origin === 'string' ? 'text' : origin === 'array' || origin === 'set' ? 'list' : 'number'
const SMALL: Record<Kind, ProblemKey> = { text: 'text_short', number: 'number_small', list: 'list_short' }
const BIG: Record<Kind, ProblemKey> = { text: 'text_long', number: 'number_big', list: 'list_long' }
const FORMATS: Readonly<Record<string, ProblemKey>> = { email: 'email', datetime: 'moment', date: 'moment' }
