import type { Operator, RawInput } from '@parley/contracts'
import type { Texts } from '../../i18n/translate.ts'
import { PASSWORD_MIN } from '../auth/index.ts'

/** As the contracts have them; a test compares. */
export const LIMIT_MAX = 1000
export const USERNAME = /^[\p{L}\p{N}._@+-]+$/u

const DEFAULT_LIMIT = 2

/** What is typed into the form. */
export interface OperatorEntry {
  readonly name: string
  readonly maxUsers: string
  readonly username: string
  readonly password: string
  readonly isActive: boolean
}

export const entryOf = (operator: Operator | null): OperatorEntry => ({
  name: operator?.name ?? '',
  maxUsers: String(operator?.maxUsers ?? DEFAULT_LIMIT),
  username: '',
  password: '',
  isActive: operator?.isActive ?? true,
})

export type Problems = Partial<Record<Exclude<keyof OperatorEntry, 'isActive'>, string>>

export function problemsOf(texts: Texts, entry: OperatorEntry, isNew: boolean): Problems {
  const signsIn = entry.username !== '' || entry.password !== ''
  const problems: Problems = {}
  if (entry.name.trim() === '') problems.name = texts('operator.name_missing')
  if (!isLimit(entry.maxUsers)) problems.maxUsers = texts('operator.limit_wrong', { max: LIMIT_MAX })
  if ((isNew ? signsIn : entry.username !== '') && !USERNAME.test(entry.username))
    problems.username = texts('operator.username_wrong')
  if (needsPassword(entry, isNew) && entry.password.length < PASSWORD_MIN) {
    problems.password = texts('auth.password_short', { n: PASSWORD_MIN })
  }
  return problems
}

const isLimit = (typed: string) => /^\d{1,4}$/.test(typed.trim()) && Number(typed) <= LIMIT_MAX
const needsPassword = (entry: OperatorEntry, isNew: boolean) =>
  entry.password !== '' || (isNew && entry.username !== '')

export const inputOf = (entry: OperatorEntry): RawInput<'operator.create'> => ({
  name: entry.name.trim(),
  maxUsers: Number(entry.maxUsers),
  ...(entry.username !== '' && { username: entry.username, password: entry.password }),
})

/** Only what is different: two admins who change different things don't undo each other. */
export function changesOf(
  entry: OperatorEntry,
  operator: Operator,
): Omit<RawInput<'operator.update'>, 'operatorId'> {
  const name = entry.name.trim()
  const maxUsers = Number(entry.maxUsers)
  return {
    ...(name !== operator.name && { name }),
    ...(maxUsers !== operator.maxUsers && { maxUsers }),
    ...(entry.isActive !== operator.isActive && { isActive: entry.isActive }),
    ...(entry.username !== '' && { username: entry.username }),
    ...(entry.password !== '' && { password: entry.password }),
  }
}
