import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { databaseFolder } from '../embedded/connect-embedded.ts'
import { readMigrations } from '../migrations/files.ts'
import { copyEmbedded, migrationsDir, type TestDatabaseOptions } from '../testing.ts'

const schemaFile = fileURLToPath(new URL('../../../../../../prisma/schema.prisma', import.meta.url))

export interface OpenEngine {
  readonly engine: wasm.SchemaEngine
  close(): Promise<void>
}

/** Prisma's own schema engine, the build that needs no download, on a migrated database. */
export async function openSchemaEngine(): Promise<OpenEngine> {
  await start()
  const { db, close } = await openBare({ migrated: true })
  const engine = await wasm.SchemaEngine.new(
    { datamodels: [[schemaFile, await readFile(schemaFile, 'utf8')]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factoryFor(db)),
  )
  return { engine, close }
}

async function openBare(
  options: TestDatabaseOptions,
): Promise<{ readonly db: PGlite; close(): Promise<void> }> {
  const dataDir = await copyEmbedded(options)
  const db = await PGlite.create({ dataDir: databaseFolder(dataDir), extensions: { pg_trgm } })
  const close = async () => {
    if (!db.closed) await db.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { db, close }
}

/** The SQL that would make a database of our migrations equal to schema.prisma; empty if it is. */
export async function driftOf(engine: wasm.SchemaEngine, extraSql = ''): Promise<string> {
  const content = await readFile(schemaFile, 'utf8')
  const { exitCode, stdout } = await engine.diff({
    from: { tag: 'migrations', ...(await migrationList(extraSql)) },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaFile, content }] },
    script: true,
    exitCode: true,
    filters,
  })
  return exitCode === 0 ? '' : (stdout ?? 'It does not say how.')
}

export const filters = { externalTables: [], externalEnums: [] }

export async function migrationList(extraSql = ''): Promise<wasm.MigrationList> {
  const ours = await readMigrations(migrationsDir)
  const extra = extraSql === '' ? [] : [{ name: '9_extra', sql: extraSql }]
  const lockfile = await readFile(`${migrationsDir}/migration_lock.toml`, 'utf8')
  return {
    baseDir: migrationsDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: [...ours, ...extra].map(({ name, sql }) => ({
      path: basename(name),
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}

/** Node has it; its types come only with the browser's. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ readonly instance: { readonly exports: Record<string, unknown> } }>
}

let started: Promise<void> | undefined

function start(): Promise<void> {
  started ??= (async () => {
    const module = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bytes = await readFile(module.replace(/\.js$/, '.wasm'))
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...wasm } })
    wasm.__wbg_set_wasm(instance.exports)
    const init = instance.exports['__wbindgen_start']
    if (typeof init === 'function') init()
  })()
  return started
}

/** PGlite by itself: @prisma/adapter-pg can't read the catalogs for the engine, and cuts functions at their semicolons. */
function factoryFor(db: PGlite): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPGlite(db)
  return Object.assign(factory, {
    async connectToShadowDb() {
      const shadow = await openBare({ migrated: false })
      const adapter = await new PrismaPGlite(shadow.db).connect()
      const dispose = adapter.dispose.bind(adapter)
      return Object.assign(adapter, {
        async dispose() {
          await dispose()
          await shadow.close()
        },
      })
    },
  })
}
