// Run by kill.test.ts: writes rows until it is killed, and prints each one's id once it is acknowledged.
import { randomUUID } from 'node:crypto'
import { stdout } from 'node:process'
import { openDatabase } from '../connect.ts'

const dataDir = process.argv[2] ?? ''
const database = await openDatabase({ dataDir })
await database.pool.query('CREATE TABLE IF NOT EXISTS kept (id text PRIMARY KEY, filling text)')

async function write(): Promise<never> {
  for (;;) {
    const id = randomUUID()
    await database.pool.query('INSERT INTO kept VALUES ($1, $2)', [id, 'x'.repeat(500)])
    stdout.write(`${id}\n`)
  }
}

await Promise.all([write(), write(), write()])
