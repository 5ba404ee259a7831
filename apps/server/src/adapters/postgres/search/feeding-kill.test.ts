import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DatabaseTarget, openDatabase } from '../connect.ts'
import { migrate } from '../migrations/migrate.ts'
import { bundleChild } from '../testing/child.ts'
import { copyEmbedded, createTestDatabase, migrationsDir, testDatabases } from '../testing.ts'
import { createSearchIndex } from './search-index.ts'
import { addMessages, compared, feedAll, touchMessages } from './testing.ts'

interface Place {
  readonly target: DatabaseTarget
  readonly argument: string
  drop(): Promise<void>
}

async function embeddedPlace(): Promise<Place> {
  const dataDir = await copyEmbedded({})
  const drop = () => rm(dataDir, { recursive: true, force: true })
  return { target: { dataDir }, argument: dataDir, drop }
}

async function serverPlace(): Promise<Place> {
  const { url, drop } = await createTestDatabase()
  const database = await openDatabase({ url })
  await migrate(database.pool, migrationsDir)
  await database.close()
  return { target: { url }, argument: url, drop }
}

const PLACES = { PGlite: embeddedPlace, PostgreSQL: serverPlace }

describe.each(testDatabases)(
  'a node that feeds the search index over $name and is killed with -9',
  ({ name }) => {
    let child: Awaited<ReturnType<typeof bundleChild>>
    let place: Place
    beforeAll(async () => {
      child = await bundleChild(new URL('./feed-child.ts', import.meta.url))
      place = await PLACES[name]()
    })
    afterAll(async () => {
      await child.remove()
      await place.drop()
    })

    /** What is done in the database while no child has it open. */
    async function within<T>(
      work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
    ): Promise<T> {
      const database = await openDatabase(place.target)
      return await work(database).finally(() => database.close())
    }

    async function feedUntilKilled(steps: number): Promise<void> {
      const { process: running, lines } = child.start(place.argument)
      let left = steps
      lines.on('line', () => {
        left -= 1
        if (left === 0) running.kill('SIGKILL')
      })
      await once(running, 'exit')
      expect(left).toBeLessThanOrEqual(0)
    }

    it('[Q9] loses nothing and doubles nothing', async () => {
      const texts = Array.from({ length: 90 }, (_, n) => `Message ${n}, 第${n}条`)
      await within(async ({ pool, prisma }) => {
        await prisma.site.create({ data: { id: 'default', name: 'Test', identitySecret: 'not-secret' } })
        for (let n = 0; n < 30; n += 1) await addMessages(pool, `s${n}`, texts)
      })
      for (const steps of [1, 2, 4]) {
        await feedUntilKilled(steps)
        await within(({ pool }) => touchMessages(pool, `s${steps}`, [1, 50, 90], { recalls: true }))
      }
      await within(async ({ pool }) => {
        const index = createSearchIndex(pool, 'default')
        expect((await index.lag()).waiting).toBeGreaterThan(0)
        await feedAll(index)
        const { has, should } = await compared(pool)
        expect(should.length).toBe(30 * 90 - 9)
        expect(has).toEqual(should)
      })
    }, 120_000)
  },
)
