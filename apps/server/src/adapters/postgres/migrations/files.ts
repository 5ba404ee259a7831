import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MigrationProblem } from './problem.ts'

/** A folder of `prisma/migrations`: `<time>_<name>/migration.sql`. */
export interface Migration {
  readonly name: string
  readonly sql: string
  /** sha256 of the file in hex, as Prisma keeps it. */
  readonly checksum: string
  /** That, or of the same file with the other line ends: a checkout may have changed them. Prisma is as lenient. */
  matches(checksum: string): boolean
}

/** In the order in which they are applied: by name. */
export async function readMigrations(dir: string): Promise<readonly Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: unknown) => {
    throw new MigrationProblem(`The migrations are not at ${dir}. Is this a whole copy of Parley?`, { cause })
  })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  return await Promise.all(names.sort().map(async name => migration(name, await readSql(dir, name))))
}

async function readSql(dir: string, name: string): Promise<string> {
  const file = join(dir, name, 'migration.sql')
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new MigrationProblem(`The migration ${name} has no readable ${file}.`, { cause })
  })
}

function migration(name: string, sql: string): Migration {
  const unix = sql.replaceAll('\r\n', '\n')
  const checksums = [sql, unix, unix.replaceAll('\n', '\r\n')].map(sha256)
  return { name, sql, checksum: sha256(sql), matches: checksum => checksums.includes(checksum) }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
