import { fileURLToPath } from 'node:url'
import { runCommand } from './cli/run.ts'
import { processTerminal } from './cli/terminal.ts'
import { loadEnvironment } from './config/load-environment.ts'

// The same way up from src/ and from dist/.
const root = fileURLToPath(new URL('../../../', import.meta.url))

process.exitCode = await runCommand(process.argv.slice(2), {
  environment: loadEnvironment(process.cwd()),
  migrationsDir: `${root}prisma/migrations`,
  terminal: processTerminal,
})
