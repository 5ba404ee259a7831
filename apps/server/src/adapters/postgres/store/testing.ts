import type { StoreUnderTest } from '@parley/core/testing'
import { systemIds } from '../../system/system-ids.ts'
import type { Database } from '../connect.ts'
import type { TestDatabaseKind } from '../testing.ts'
import { createPostgresStore } from './postgres-store.ts'
import { pairKey } from './talk/pair.ts'

const siteId = 'default'

/** A store on a fresh database, for the acceptance suite. */
export async function openStoreOn(kind: TestDatabaseKind): Promise<StoreUnderTest> {
  return openStoreIn(await kind.open())
}

/** As `openStoreOn`, in a database that other tests have used: nothing of theirs stays. */
export async function openStoreAgain(database: Database): Promise<StoreUnderTest> {
  const { rows } = await database.pool.query<{ name: string }>(
    `SELECT format('%I', tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%'`,
  )
  await database.pool.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`)
  return openStoreIn({ ...database, close: async () => undefined })
}

async function openStoreIn(database: Database): Promise<StoreUnderTest> {
  const { prisma } = database
  await prisma.site.create({ data: { id: siteId, name: 'Test', identitySecret: 'not-secret' } })
  const addPerson: StoreUnderTest['addPerson'] = async ({ id, name, isActive = true, ...known }) => {
    const person = { realName: name ?? null, isActive, ...known }
    await prisma.user.upsert({
      where: { siteId_id: { siteId, id } },
      create: { siteId, id, ...person },
      update: person,
    })
  }
  return {
    store: createPostgresStore(database, siteId, systemIds),
    another: async () => createPostgresStore(database, siteId, systemIds),
    addPerson,
    async addOperator({ id, name, maxUsers = 2 }) {
      await addPerson({ id, role: 'operator', name: name ?? id })
      await prisma.operator.create({ data: { siteId, userId: id, name: name ?? id, maxUsers } })
    },
    /** The two of a private session may write, as if an API key had brought them together. */
    async addTalk({ id, type, name, parts }) {
      const [a, b] = parts
      const isOfTwo = type === 'private' && a && b
      await prisma.session.create({
        data: {
          id,
          siteId,
          type,
          name: name ?? null,
          status: 'active',
          ...(isOfTwo && { pairKey: pairKey([a.userId, b.userId]), bond: 'together', broughtTogether: true }),
          participants: {
            create: parts.map(({ userId, visibleAfterSeq = 0 }, place) => ({
              userId,
              place,
              siteId,
              role: 'member' as const,
              joinedSeq: visibleAfterSeq,
              deliveredSeq: visibleAfterSeq,
              readSeq: visibleAfterSeq,
            })),
          },
        },
      })
    },
    async addFile(file) {
      await prisma.file.create({ data: { siteId, ...file } })
    },
    ageBy: ms => ageBy(database, ms),
    async audits() {
      const rows = await prisma.auditEvent.findMany({ orderBy: { id: 'asc' } })
      return rows.map(row => ({
        actor: { kind: row.actorKind, id: row.apiKeyId ?? row.actorId, actingFor: row.actingForId },
        action: row.action,
        targetId: row.targetId ?? '',
      }))
    },
    close: () => database.close(),
  }
}

/** Moves every time that is stored back. */
async function ageBy({ pool }: Database, ms: number): Promise<void> {
  const { rows } = await pool.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' AND table_name NOT LIKE '\\_prisma%'`,
  )
  const tables = new Map<string, string[]>()
  for (const { table, column } of rows) tables.set(table, [...(tables.get(table) ?? []), column])
  for (const [table, columns] of tables) {
    const set = columns.map(column => `"${column}" = "${column}" - $1 * interval '1 millisecond'`)
    await pool.query(`UPDATE "${table}" SET ${set.join(', ')}`, [ms])
  }
}
