// npm run load: builds the server and the load programs, then measures; see tooling/load/README.md.
import './node-version.mjs'
import { bootstrap, build, main, root, turbo } from './bootstrap.mjs'
import { become } from './process.mjs'

await main(async () => {
  await bootstrap()
  await build()
  await turbo(['build', '--filter=@parley/load'])
  await become({
    command: process.execPath,
    args: ['tooling/load/dist/main.js', ...process.argv.slice(2)],
    cwd: root,
  })
})
