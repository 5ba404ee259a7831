// npm run dev, test:watch: node tooling/watch.mjs <tasks, and options of turbo>. On every change turbo runs again what depends on it.
import './node-version.mjs'
import { bootstrap, main, turboCommand } from './bootstrap.mjs'
import { become } from './process.mjs'

await main(async () => {
  await bootstrap()
  const { findServices, foundEnv } = await import('./services.mjs')
  await become(turboCommand(['watch', ...process.argv.slice(2)], foundEnv(await findServices(process.env))))
})
