// Installs and builds, and stops there: for the Dockerfile, and for whoever starts the server another way.
import './node-version.mjs'
import { bootstrap, build, main } from './bootstrap.mjs'

await main(async () => {
  await bootstrap()
  await build()
})
