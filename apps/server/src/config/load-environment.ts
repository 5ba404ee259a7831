import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { SettingsError } from './settings-error.ts'

/** The process's variables over those of `.env` in the folder, if there is one. */
export function loadEnvironment(folder: string): Readonly<Record<string, string | undefined>> {
  return { ...parseEnv(readIfThere(join(folder, '.env'))), ...process.env }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw unreadable(error)
  }
}

const unreadable = (cause: unknown) =>
  new SettingsError('.env', `can't be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  })
