import { DataDirInUse } from '../adapters/postgres/embedded/data-dir-lock.ts'
import { MigrationProblem } from '../adapters/postgres/migrations/problem.ts'
import { DatabaseUnavailable } from '../adapters/postgres/unavailable.ts'
import { SettingsError } from '../config/settings-error.ts'

const TOLD = [SettingsError, DatabaseUnavailable, DataDirInUse, MigrationProblem]

/** The message of such an error says all in one line, with what to do; of any other, where it happened says more. */
export const isTold = (error: unknown): error is Error => TOLD.some(kind => error instanceof kind)
