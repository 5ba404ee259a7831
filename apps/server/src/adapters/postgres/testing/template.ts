import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../connect.ts'
import { databaseFolder } from '../embedded/connect-embedded.ts'
import { readMigrations } from '../migrations/files.ts'
import { migrate } from '../migrations/migrate.ts'

const cache = fileURLToPath(new URL('../../../../node_modules/.cache/parley-embedded', import.meta.url))

/** A folder of PGlite to copy, migrated if migrations are given; made once for each PGlite and set of migrations. */
export async function embeddedTemplate(migrationsDir: string | undefined): Promise<string> {
  const key = await keyOf(migrationsDir)
  const template = join(cache, key)
  if (!existsSync(template)) await make(template, migrationsDir)
  return template
}

async function keyOf(migrationsDir: string | undefined): Promise<string> {
  const migrations = migrationsDir === undefined ? [] : await readMigrations(migrationsDir)
  const hash = createHash('sha256').update(import.meta.resolve('@electric-sql/pglite')) // its path has the version
  for (const { name, checksum } of migrations) hash.update(name).update(checksum)
  return `${migrationsDir === undefined ? 'empty' : 'migrated'}-${hash.digest('hex').slice(0, 16)}`
}

/** Other test processes may be making the same one: each works in a folder of its own, the first to finish wins. */
async function make(template: string, migrationsDir: string | undefined): Promise<void> {
  const dataDir = join(cache, randomUUID())
  if (migrationsDir !== undefined) {
    await cp(await embeddedTemplate(undefined), databaseFolder(dataDir), { recursive: true })
  }
  const database = await openDatabase({ dataDir })
  if (migrationsDir !== undefined) await migrate(database.pool, migrationsDir)
  await database.close()
  await rename(databaseFolder(dataDir), template).catch((error: unknown) => {
    if (!existsSync(template)) throw error
  })
  await rm(dataDir, { recursive: true })
}
