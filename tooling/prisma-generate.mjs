// The client is generated from the schema alone, yet prisma wants its schema engine first, and would download it.
// A path to any program satisfies it. Never a program that succeeds: `db push` would then do nothing and say it did.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './bootstrap.mjs'
import { run } from './process.mjs'

const server = createRequire(join(root, 'apps', 'server', 'package.json'))
const manifest = server.resolve('prisma/package.json')
const { bin } = server('prisma/package.json')

process.exitCode = await run({
  command: process.execPath,
  args: [join(manifest, '..', bin.prisma), 'generate'],
  env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/false', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...process.env },
  cwd: root,
})
