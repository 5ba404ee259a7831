import './node-version.mjs'
import { bootstrap, build, main, npm, root } from './bootstrap.mjs'
import { become } from './process.mjs'

/** Fetched when it is asked for: most who run Parley have a process manager already. */
const pm2 = 'pm2@7.0.4'

await main(async () => {
  await bootstrap()
  await build()
  const command = npm(['exec', '--yes', '--', pm2, 'start', 'ecosystem.config.cjs', ...process.argv.slice(2)])
  await become({ ...command, cwd: root })
})
