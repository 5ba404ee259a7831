import { DataDirInUse } from '../adapters/postgres/embedded/data-dir-lock.ts'
import { MigrationProblem } from '../adapters/postgres/migrations/problem.ts'
import { DatabaseUnavailable, namingSetting } from '../adapters/postgres/unavailable.ts'
import { readSettings } from '../config/settings.ts'
import { SettingsError } from '../config/settings-error.ts'
import { check, testConnections } from './check.ts'
import { type Command, CommandFailed } from './command.ts'
import { init, initByForce } from './init.ts'
import { resetPassword } from './reset-password.ts'
import { addSample, reset } from './seed.ts'
import type { Terminal } from './terminal.ts'

const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: init,
  'db:init': init,
  'db:init:force': initByForce,
  'db:seed': addSample,
  'db:reset': reset,
  'db:test': check,
  'test-connections': testConnections,
  'test-db': testConnections,
  'reset-password': resetPassword,
}

/** Messages of these say all; anything else is a bug, and shows where. */
const TOLD = [CommandFailed, SettingsError, DatabaseUnavailable, DataDirInUse, MigrationProblem]

export interface RunAround {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly migrationsDir: string
  readonly terminal: Terminal
}

/** Runs the command that the arguments name; answers with the exit code. */
export async function runCommand(args: readonly string[], around: RunAround): Promise<number> {
  const { terminal } = around
  try {
    const { command, flags, words } = parse(args)
    const settings = readSettings(around.environment)
    const target =
      settings.databaseUrl === null ? { dataDir: settings.dataDir } : { url: settings.databaseUrl }
    const context = { settings, target, flags, words, ...around }
    await command.run(context).catch((error: unknown) => {
      throw namingSetting(error, settings.databaseSetting)
    })
    return 0
  } catch (error) {
    if (error instanceof Help) terminal.say(usage())
    else terminal.say(TOLD.some(kind => error instanceof kind) ? (error as Error).message : bugText(error))
    return error instanceof Help && error.asked ? 0 : 1
  }
}

/** What was asked for is not among the commands. */
class Help extends Error {
  readonly asked: boolean
  constructor(asked: boolean) {
    super('help')
    this.asked = asked
  }
}

function parse(args: readonly string[]) {
  const [name = '', ...rest] = args
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (command === undefined) throw new Help(['help', '--help', '-h'].includes(name))
  const flags = rest.filter(word => word.startsWith('--')).map(word => word.slice(2))
  const words = rest.filter(word => !word.startsWith('--'))
  for (const flag of flags) {
    if (!command.flags?.includes(flag)) throw new CommandFailed(`${name} takes no --${flag}.`)
  }
  if (words.length !== (command.word === undefined ? 0 : 1)) {
    throw new CommandFailed(
      command.word && words.length === 0
        ? `${name} needs ${command.word}.`
        : `${name} takes no "${words[command.word ? 1 : 0]}".`,
    )
  }
  return { command, flags: new Set(flags), words }
}

const usage = (): string =>
  [
    'npm run <command>, with its arguments behind "--":',
    '',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(18)} ${summary}`),
  ].join('\n')

const bugText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
