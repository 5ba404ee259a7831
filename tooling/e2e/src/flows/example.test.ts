import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { HAS_DATABASE, useServer } from '../support/server.ts'

const EXAMPLE = resolve(import.meta.dirname, '../../../../docs/examples/friends/main.mjs')

describe.skipIf(!HAS_DATABASE)('the example in the docs', () => {
  const at = useServer()

  it('says what its page says it does', async () => {
    const { url, dataDir } = at.server
    const env = { ...process.env, PARLEY_URL: url, PARLEY_OUTBOX: join(dataDir, 'outbox', 'sms.jsonl') }
    const { stdout } = await promisify(execFile)(process.execPath, [EXAMPLE], { env, timeout: 30_000 })
    expect(stdout.trimEnd().split('\n')).toEqual([
      'Wei and 小敏 are logged in.',
      'They are friends.',
      '小敏 reads: Dinner tonight?',
      'Wei reads: 好啊，六点！',
      'Wei: Dinner tonight? (read)',
      '小敏: 好啊，六点！ (read)',
    ])
  })
})
