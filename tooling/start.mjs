import './node-version.mjs'
import { runBuilt } from './built.mjs'

await runBuilt('apps/server/dist/main.js')
