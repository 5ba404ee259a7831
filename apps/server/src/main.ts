import { fileURLToPath } from 'node:url'
import { loadEnvironment } from './config/load-environment.ts'
import { readSettings } from './config/settings.ts'
import { SettingsError } from './config/settings-error.ts'
import { welcome } from './features/site/index.ts'
import { liveUntilTold } from './server/life.ts'
import { takeLogDir } from './server/log-dir.ts'
import { type StartedServer, startServer } from './server/start-server.ts'
import { isTold } from './server/told.ts'
import { createLog } from './telemetry/log.ts'

// The same way up from src/ and from dist/.
const root = fileURLToPath(new URL('../../../', import.meta.url))

function settingsOrEnd() {
  try {
    const settings = readSettings(loadEnvironment(process.cwd()))
    takeLogDir(settings.logDir)
    return settings
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

const settings = settingsOrEnd()
const log = createLog({ level: settings.logLevel, dir: settings.logDir, console: process.stdout })
const { logger } = log
let server: StartedServer | null = null

const life = liveUntilTold({
  logger,
  stop: async () => await server?.stop(),
  exit: code => void log.close().finally(() => process.exit(code)),
})

try {
  server = await startServer(settings, { root, logger })
  void server.lost.then(error => {
    logger.fatal({ err: error }, 'the database is lost to this process')
    life.end(1)
  })
  await greet(server)
} catch (error) {
  if (isTold(error)) process.stderr.write(`${error.message}\n`)
  else logger.fatal({ err: error }, 'the server could not start')
  life.end(1)
}

/** Where to look and how to sign in: the last that a start prints. */
async function greet({ url, first, embedded }: StartedServer): Promise<void> {
  const terminal = process.stdout.isTTY === true
  const lines = welcome({ url, first, terminal, embedded, demoPage: !settings.production })
  process.stdout.write(`\n${lines.join('\n')}\n\n`)
  if (terminal) await first.shown()
}
