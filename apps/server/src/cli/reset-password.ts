import { createAccountStores } from '../adapters/postgres/accounts/index.ts'
import { openDatabase } from '../adapters/postgres/connect.ts'
import { systemClock } from '../adapters/system/system-clock.ts'
import { systemIds } from '../adapters/system/system-ids.ts'
import { hashPassword, longestTokenMs } from '../features/auth/index.ts'
import { readablePassword } from '../secrets/readable-password.ts'
import { type Command, CommandFailed, withDatabase } from './command.ts'

/** For an admin who has lost the password: whoever may run this has the database anyway. */
export const resetPassword: Command = {
  summary: 'gives the account with this username a new random password and ends its logins',
  word: 'a username',
  run: ({ target, settings, terminal, words: [username = ''] }) =>
    withDatabase(
      () => openDatabase(target),
      async ({ prisma }) => {
        const { auth } = createAccountStores({
          prisma,
          siteId: 'default',
          ids: systemIds,
          longestTokenMs: longestTokenMs(settings.jwtExpiresInSeconds),
        })
        const account = await auth.accountByUsername(username)
        if (account === null) throw new CommandFailed(`There is no account with the username "${username}".`)
        const password = readablePassword()
        await auth.setPassword(account.id, await hashPassword(password), systemClock.now(), {
          actor: { kind: 'system', id: null, actingFor: null },
          requestId: null,
          action: 'password.reset',
          targetKind: 'user',
          targetId: account.id,
          data: { how: 'reset-password' },
        })
        terminal.say(`The new password of ${username} is ${password}`)
        terminal.say('Every login it had ends within seconds.')
      },
    ),
}
