// npm run migrate, db:seed …: node tooling/command.mjs <command> [its arguments]
import './node-version.mjs'
import { runBuilt } from './built.mjs'

await runBuilt('apps/server/dist/cli.js')
