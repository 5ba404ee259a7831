import { accessSync, constants, mkdirSync } from 'node:fs'
import { codeOf } from '../adapters/postgres/unavailable.ts'
import { SettingsError } from '../config/settings-error.ts'

const PROBLEMS: Readonly<Record<string, string>> = {
  EEXIST: 'is a file: name a folder',
  ENOTDIR: 'leads through a file: name a folder',
  EACCES: 'may not be made or written to by this user',
  EPERM: 'may not be made or written to by this user',
  EROFS: 'is on a disk that takes no writes',
}

/** Sees that the folder is there and can be written to: logs that nobody finds are found missing too late. */
export function takeLogDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true })
    accessSync(dir, constants.W_OK)
  } catch (cause) {
    throw wrong(dir, cause)
  }
}

function wrong(dir: string, cause: unknown): SettingsError {
  const problem = PROBLEMS[codeOf(cause)] ?? `can't be used: ${String(cause)}`
  return new SettingsError('LOG_DIR', `${dir} ${problem}`, { cause })
}
