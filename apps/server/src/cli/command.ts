import type { Database, DatabaseTarget } from '../adapters/postgres/connect.ts'
import type { Settings } from '../config/settings.ts'
import type { Terminal } from './terminal.ts'

export interface CommandContext {
  readonly settings: Settings
  readonly target: DatabaseTarget
  readonly migrationsDir: string
  readonly terminal: Terminal
  /** `--yes`, `--i-know` … as they were given. */
  readonly flags: ReadonlySet<string>
  /** What stands behind the command and its flags. */
  readonly words: readonly string[]
}

export interface Command {
  readonly summary: string
  readonly flags?: readonly string[]
  /** What its one word stands for, if it takes one. */
  readonly word?: string
  run(context: CommandContext): Promise<void>
}

/** The command can't do what it should. The message is for a person: what is wrong, and what to do. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/** The database's place, as a person would say it; never with a password. */
export const placeOf = ({ target }: Pick<CommandContext, 'target'>): string => {
  if ('dataDir' in target) return `the embedded database in ${target.dataDir}`
  const { host, pathname } = new URL(target.url)
  return `PostgreSQL at ${host || 'its socket'}, database "${decodeURIComponent(pathname.slice(1))}"`
}

export async function withDatabase<T>(
  open: () => Promise<Database>,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await open()
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}
