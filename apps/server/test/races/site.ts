import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '../../src/adapters/postgres/connect.ts'
import { migrate } from '../../src/adapters/postgres/migrations/migrate.ts'
import { createTestDatabase, migrationsDir } from '../../src/adapters/postgres/testing.ts'

export interface Site {
  readonly url: string
  /** The test's own way in, for looks and checks. */
  readonly database: Database
  addOperator(id: string, maxUsers: number): Promise<void>
  /** A group of these people, who need no accounts. */
  addTalk(id: string, userIds: readonly string[]): Promise<void>
  /** How often PostgreSQL has had to break a deadlock in this database; waits until nobody else is connected: a backend says what it knows as it ends. */
  deadlocks(): Promise<number>
  close(): Promise<void>
}

export const siteId = 'default'

/** A site on a PostgreSQL database of its own. */
export async function openSite(): Promise<Site> {
  const { url, drop } = await createTestDatabase()
  const database = await openDatabase({ url }, { poolSize: 4 })
  await migrate(database.pool, migrationsDir)
  const { prisma } = database
  await prisma.site.create({ data: { id: siteId, name: 'Races', identitySecret: randomUUID() } })
  return {
    url,
    database,
    async addOperator(id, maxUsers) {
      await prisma.user.create({ data: { siteId, id, role: 'operator', realName: id } })
      await prisma.operator.create({ data: { siteId, userId: id, name: id, maxUsers } })
    },
    async addTalk(id, userIds) {
      const create = userIds.map(userId => ({ userId, siteId, role: 'member' as const }))
      await prisma.session.create({
        data: { id, siteId, type: 'group', status: 'active', participants: { create } },
      })
    },
    async deadlocks() {
      const { pool } = database
      for (let others = 1; others > 0; ) {
        const { rows } = await pool.query<{ clients: number; deadlocks: number }>(
          `SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE datname = d.datname) AS clients,
             deadlocks::int FROM pg_stat_database d WHERE datname = current_database()`,
        )
        const [{ clients, deadlocks } = { clients: 0, deadlocks: Number.NaN }] = rows
        others = clients - pool.totalCount
        if (others === 0) return deadlocks
      }
      throw new Error('more connections of our own than the server knows')
    },
    async close() {
      await database.close()
      await drop()
    },
  }
}
