import { openDatabase } from '../adapters/postgres/connect.ts'
import { createDatabase, recreateDatabase } from '../adapters/postgres/create-database.ts'
import { migrate } from '../adapters/postgres/migrations/migrate.ts'
import { type Command, type CommandContext, CommandFailed, placeOf, withDatabase } from './command.ts'

export const init: Command = {
  summary: 'creates the database or brings it up to date; keeps all data',
  run: bringUpToDate,
}

export const initByForce: Command = {
  summary: 'drops the database with all data and creates it anew',
  flags: ['yes', 'i-know'],
  run: startAnew,
}

export async function bringUpToDate(context: CommandContext): Promise<void> {
  const { target, migrationsDir, terminal } = context
  if (await createDatabase(target)) terminal.say(`Created ${placeOf(context)}.`)
  const applied = await withDatabase(
    () => openDatabase(target),
    ({ pool }) => migrate(pool, migrationsDir),
  )
  for (const name of applied) terminal.say(`Applied ${name}.`)
  if (applied.length === 0) terminal.say(`Nothing to do: ${placeOf(context)} is up to date.`)
}

export async function startAnew(context: CommandContext): Promise<void> {
  await mustBeMeant(context)
  await recreateDatabase(context.target)
  context.terminal.say(`Dropped ${placeOf(context)}.`)
  await bringUpToDate(context)
}

async function mustBeMeant(context: CommandContext): Promise<void> {
  const { settings, flags, terminal } = context
  const place = placeOf(context)
  if (settings.production && !flags.has('i-know')) {
    throw new CommandFailed(
      `NODE_ENV is production: this would delete everything in ${place}. Add --i-know if you mean it.`,
    )
  }
  if (flags.has('yes')) return
  const answer = await terminal.ask(`This deletes everything in ${place}. Type "delete" to go on: `)
  if (answer === 'delete') return
  throw new CommandFailed(
    answer === null
      ? `This deletes everything in ${place}, and nobody is there to ask. Add --yes if you mean it.`
      : 'Nothing was changed.',
  )
}
