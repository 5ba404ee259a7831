import { existsSync } from 'node:fs'
import { checkDatabase } from '../adapters/postgres/check/check-database.ts'
import { openDatabase } from '../adapters/postgres/connect.ts'
import { databaseFolder } from '../adapters/postgres/embedded/connect-embedded.ts'
import { createRedisCheck } from '../adapters/redis/redis-check.ts'
import { type Command, type CommandContext, CommandFailed, placeOf, withDatabase } from './command.ts'

export const check: Command = {
  summary: 'checks connection, tables and relations; changes nothing, says how to mend what is wrong',
  async run(context) {
    mustBeThere(context)
    const report = await withDatabase(
      () => openDatabase(context.target),
      ({ pool }) => checkDatabase(pool, context.migrationsDir),
    )
    const { say } = context.terminal
    say(
      `Reached ${placeOf(context)}: PostgreSQL ${report.version}, ${report.tables} tables, ${report.relations} relations.`,
    )
    for (const { problem, remedy } of report.faults) say(`  ✗ ${problem}\n    ${remedy}`)
    if (report.faults.length > 0) throw new CommandFailed(`Found ${counted(report.faults.length, 'fault')}.`)
    say('All is well.')
  },
}

export const testConnections: Command = {
  summary: 'asks the database and, if one is configured, Redis for an answer',
  async run(context) {
    const { terminal, settings } = context
    const answers = [
      await answer(terminal, placeOf(context), () => askDatabase(context)),
      settings.redisUrl === null
        ? skipped(terminal)
        : await answer(terminal, `Redis at ${new URL(settings.redisUrl).host}`, () =>
            askRedis(settings.redisUrl ?? ''),
          ),
    ]
    const silent = answers.filter(answered => !answered).length
    if (silent > 0) throw new CommandFailed(`${counted(silent, 'connection')} failed.`)
  },
}

/** Opening an embedded database makes it; a check makes nothing. */
function mustBeThere(context: CommandContext): void {
  const { target } = context
  if ('url' in target || existsSync(databaseFolder(target.dataDir))) return
  throw new CommandFailed(`There is no database in ${target.dataDir} yet. \`npm run db:init\` makes it.`)
}

async function askDatabase(context: CommandContext): Promise<void> {
  mustBeThere(context)
  await withDatabase(
    () => openDatabase(context.target),
    ({ pool }) => pool.query('SELECT 1'),
  )
}

async function askRedis(url: string): Promise<void> {
  const redis = createRedisCheck(url)
  try {
    await redis.ping()
  } finally {
    redis.close()
  }
}

async function answer(
  terminal: CommandContext['terminal'],
  what: string,
  ask: () => Promise<void>,
): Promise<boolean> {
  const startedAt = performance.now()
  try {
    await ask()
    terminal.say(`✓ ${what} answers (${Math.round(performance.now() - startedAt)} ms).`)
    return true
  } catch (error) {
    terminal.say(`✗ ${what} does not answer: ${error instanceof Error ? error.message : String(error)}`)
    return false
  }
}

function skipped(terminal: CommandContext['terminal']): true {
  terminal.say('– Redis is not configured; a single server needs none.')
  return true
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
