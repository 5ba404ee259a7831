import { createAccountStores } from '../adapters/postgres/accounts/index.ts'
import { type Database, openDatabase } from '../adapters/postgres/connect.ts'
import { seedSite } from '../adapters/postgres/seed-site.ts'
import { systemClock } from '../adapters/system/system-clock.ts'
import { systemIds } from '../adapters/system/system-ids.ts'
import { longestTokenMs } from '../features/auth/index.ts'
import { firstStart, wantsDemo } from '../features/site/index.ts'
import { type Command, type CommandContext, withDatabase } from './command.ts'
import { bringUpToDate, initByForce, startAnew } from './init.ts'

export const addSample: Command = {
  summary: 'adds sample operators, sessions and messages; what is there stays as it is',
  async run(context) {
    await bringUpToDate(context)
    await sample(context)
  },
}

export const reset: Command = {
  summary: 'db:init:force, then db:seed',
  ...(initByForce.flags && { flags: initByForce.flags }),
  async run(context) {
    await startAnew(context)
    await sample(context)
  },
}

const SITE_ID = 'default'

const sample = (context: CommandContext): Promise<void> =>
  withDatabase(
    () => openDatabase(context.target),
    async database => {
      await firstStartOf(context, database)
      const added = await seedSite(database, SITE_ID, { now: systemClock.now(), open: true })
      const { say } = context.terminal
      if (added.operators + added.sessions === 0) return say('The sample data is there already.')
      say(
        `Added ${added.operators} operators and ${added.sessions} sessions with ${added.messages} messages.`,
      )
      say('An admin gives the new operators a password in the console. Open sessions behave like any whose')
      say('visitor has gone: they go back to the queue, and end after a while.')
    },
  )

/** The sample needs a site to belong to: it is made as a server's first start makes it. */
async function firstStartOf({ settings, terminal }: CommandContext, { prisma }: Database): Promise<void> {
  const stores = createAccountStores({
    prisma,
    siteId: SITE_ID,
    ids: systemIds,
    longestTokenMs: longestTokenMs(settings.jwtExpiresInSeconds),
  })
  const first = await firstStart({
    store: stores.sites,
    accountByUsername: username => stores.auth.accountByUsername(username),
    clock: systemClock,
    ids: systemIds,
    dataDir: settings.dataDir,
    strategy: settings.assignmentStrategy,
    demo: wantsDemo(settings),
  })
  if (first.made) terminal.say(`Made the site; its first admin's password is in ${first.adminFile}.`)
}
