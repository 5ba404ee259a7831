import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../connect.ts'
import { bundleChild, type Child } from '../testing/child.ts'

describe('a server on the embedded database that is killed with -9', () => {
  let child: Awaited<ReturnType<typeof bundleChild>>
  let dataDir: string
  beforeAll(async () => {
    child = await bundleChild(new URL('./kill-child.ts', import.meta.url))
    dataDir = await mkdtemp(join(tmpdir(), 'parley-kill-'))
  })
  afterAll(async () => {
    await child.remove()
    await rm(dataDir, { recursive: true })
  })

  const acknowledged: string[] = []

  test.each([1, 300, 3000])('loses no acknowledged row, killed after %i of them', async rows => {
    const running = child.start(dataDir)
    await killAfter(running, rows)
    const database = await openDatabase({ dataDir })
    const kept = await database.pool.query<{ id: string }>('SELECT id FROM kept')
    const ids = new Set(kept.rows.map(({ id }) => id))
    expect(acknowledged.filter(id => !ids.has(id))).toEqual([])
    await database.close()
  })

  test('is told apart from one that runs: its lock is stale, the other’s is not', async () => {
    const running = child.start(dataDir)
    await once(running.lines, 'line')
    await expect(openDatabase({ dataDir })).rejects.toThrow(`in use by process ${running.process.pid}`)
    running.process.kill('SIGKILL')
    await once(running.process, 'exit')
    await (await openDatabase({ dataDir })).close()
  })

  async function killAfter({ process: running, lines }: Child, rows: number): Promise<void> {
    let left = rows
    lines.on('line', id => {
      acknowledged.push(id)
      left -= 1
      if (left === 0) running.kill('SIGKILL')
    })
    await once(lines, 'close')
    expect(left).toBeLessThanOrEqual(0)
  }
})
