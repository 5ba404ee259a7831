import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DataDirInUse, lockDataDir } from './data-dir-lock.ts'
import type { Holder } from './lock-files.ts'
import { startOf, thisProcess } from './process-identity.ts'

const quick = { heartbeatMs: 10, silentMs: 200 }

describe('the lock on the data folder', () => {
  let dir: string
  let file: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'parley-lock-'))
    file = join(dir, 'lock.1')
  })
  afterEach(() => rm(dir, { recursive: true }))

  const left = (by: Partial<Holder>) =>
    writeFile(file, JSON.stringify({ ...thisProcess(), token: 'left over', ...by }))
  const holder = async () => JSON.parse(await readFile(file, 'utf8')) as Holder

  test('a second opener gets one line that names the first; after release it gets the folder', async () => {
    const first = await lockDataDir(dir)
    await expect(lockDataDir(dir)).rejects.toThrow(
      `The data folder ${dir} is in use by process ${process.pid} on ${hostname()}. Stop that one, ` +
        'or give this one a DATA_DIR of its own or a DATABASE_URL.',
    )
    await first.release()
    await (await lockDataDir(dir)).release()
    expect(await readdir(dir)).toEqual(['lock.2'])
  })

  test('a folder that is not there is made, for its owner only', async () => {
    const lock = await lockDataDir(join(dir, 'new', 'data'))
    await lock.release()
    expect(await readdir(join(dir, 'new'))).toEqual(['data'])
  })

  test('one of many that come at once gets it, round after round', async () => {
    await left({ pid: await pidOfDead() })
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataDir(dir)))
      const won = answers.filter(answer => answer.status === 'fulfilled')
      expect(won).toHaveLength(1)
      await won[0]?.value.release()
    }
    expect(await readdir(dir)).toEqual(['lock.21'])
  })

  test('a dead process holds nothing', async () => {
    await left({ pid: await pidOfDead() })
    await (await lockDataDir(dir)).release()
  })

  test('nor does one whose number now belongs to another', async () => {
    await left({ startedAt: 'some other time' })
    await (await lockDataDir(dir)).release()
  })

  test('another live process holds it', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
    await once(child, 'spawn')
    await left({ pid: child.pid ?? 0, startedAt: startOf(child.pid ?? 0) })
    await expect(lockDataDir(dir)).rejects.toThrow(`in use by process ${child.pid}`)
    child.kill()
  })

  test('a holder on another host holds it while it touches the file', async () => {
    await left({ host: 'another', pid: 1 })
    const beating = setInterval(() => void utimes(file, new Date(), new Date()), 20)
    await expect(lockDataDir(dir, quick)).rejects.toThrow('in use by process 1 on another')
    clearInterval(beating)
  })

  test('and no more once it is silent', async () => {
    await left({ host: 'another', pid: 1 })
    await (await lockDataDir(dir, quick)).release()
  })

  test('a file from which nobody can be read counts by its age', async () => {
    await writeFile(file, '')
    await utimes(file, 0, 0)
    await (await lockDataDir(dir)).release()
  })

  test('a lock that was deleted by hand comes back', async () => {
    const lock = await lockDataDir(dir, quick)
    const { token } = await holder()
    await rm(file)
    await expect.poll(async () => (await holder().catch(() => undefined))?.token).toBe(token)
    await lock.release()
  })

  test('a holder that was taken over is told, and leaves the new lock alone', async () => {
    const lock = await lockDataDir(dir, quick)
    await writeFile(join(dir, 'lock.2'), JSON.stringify({ ...thisProcess(), token: 'later' }))
    expect((await lock.lost).message).toBe(`Another process has taken over the data folder ${dir}.`)
    await lock.release()
    await expect(lockDataDir(dir)).rejects.toThrow(DataDirInUse)
  })
})

async function pidOfDead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}
