import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isAway } from '../store/away.ts'
import { connectEmbedded } from './connect-embedded.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'parley-full-disk-'))
const mounted = canMount()

function canMount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', dataDir], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', dataDir])
  rmSync(dataDir, { recursive: true })
})

/** Needs the right to mount a small disk. */
describe.skipIf(!mounted)('the embedded database on a disk that is full', () => {
  const fill = join(dataDir, 'fill')
  const fillUp = async (spare: number) => {
    const { bavail, bsize } = await statfs(dataDir)
    await writeFile(fill, Buffer.alloc(bavail * bsize - spare))
  }
  const log = `SELECT pg_logical_emit_message(true, 'test', repeat('x', 500000))`
  let database: Awaited<ReturnType<typeof connectEmbedded>>
  beforeAll(async () => {
    database = await connectEmbedded(dataDir, {})
    await database.pool.query('CREATE TABLE notes (body text)')
    await database.pool.query(`INSERT INTO notes VALUES ('kept')`)
  })

  test('fails all that wait for it at once, and says that it has stopped and why', async () => {
    await fillUp(6_000_000)
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => database.pool.query(log)))
    const refusals = answers.flatMap(answer => (answer.status === 'rejected' ? [answer.reason] : []))
    expect(refusals.length).toBeGreaterThan(0)
    expect(refusals.filter(reason => !isAway(reason))).toEqual([])
    const { message } = await database.lost
    expect(message).toMatch(
      /^The embedded database has stopped: could not write .*: No space left on device\. Make room/,
    )
    await database.close()
  })

  test.each([0, 65_536])(
    'asks for room, and for nothing else, when it does not open with %d bytes',
    async spare => {
      const { bavail, bsize } = await statfs(dataDir)
      await writeFile(join(dataDir, 'rest'), Buffer.alloc(bavail * bsize - spare))
      const opening = connectEmbedded(dataDir, {})
      await expect(opening).rejects.toThrow(/No space left on device.*\. Make room/i)
      await expect(opening).rejects.not.toThrow(/move it away|another one/)
      await rm(join(dataDir, 'rest'))
    },
  )

  test('opens again with all it had once there is room', async () => {
    await rm(fill)
    const again = await connectEmbedded(dataDir, {})
    expect((await again.pool.query('SELECT body FROM notes')).rows).toEqual([{ body: 'kept' }])
    await again.close()
  })
})
