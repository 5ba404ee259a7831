import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  driftOf,
  filters,
  migrationList,
  type OpenEngine,
  openSchemaEngine,
} from '../testing/schema-engine.ts'

describe('Prisma’s own engine', () => {
  let open: OpenEngine
  beforeAll(async () => {
    open = await openSchemaEngine()
  })
  afterAll(() => open.close())

  test('finds that our migrations make what schema.prisma says', async () => {
    expect(await driftOf(open.engine)).toBe('')
  })

  test('would find it if they did not', async () => {
    expect(await driftOf(open.engine, 'ALTER TABLE sessions DROP COLUMN subject')).toContain(
      'ADD COLUMN     "subject" TEXT',
    )
    expect(await driftOf(open.engine, 'DROP INDEX jobs_run_at_idx')).toContain(
      'CREATE INDEX "jobs_run_at_idx"',
    )
  })

  test('reads the history that our runner wrote, and has nothing to apply', async () => {
    const history = { migrationsList: await migrationList(), optInToShadowDatabase: false, filters }
    expect(await open.engine.diagnoseMigrationHistory(history)).toMatchObject({
      hasMigrationsTable: true,
      failedMigrationNames: [],
      editedMigrationNames: [],
      history: null,
    })
    expect(await open.engine.applyMigrations({ migrationsList: history.migrationsList, filters })).toEqual({
      appliedMigrationNames: [],
    })
  })
})
