// Run by feeding-kill.test.ts: feeds the index until it is killed, and prints a line with each step.
import { stdout } from 'node:process'
import { openDatabase } from '../connect.ts'
import { createSearchIndex } from './search-index.ts'

const place = process.argv[2] ?? ''
const database = await openDatabase(place.startsWith('postgres:') ? { url: place } : { dataDir: place })
const index = createSearchIndex(database.pool, 'default')

for (;;) {
  const { behind } = await index.look('')
  if (behind.length > 0) await index.feed(behind)
  stdout.write(`${behind.length}\n`)
}
