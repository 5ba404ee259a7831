import { createClient } from './client.ts'
import { openSocketIo } from './connection/socket-io-link.ts'
import type { Me } from './contract-types.ts'
import { ROUTES } from './rest/routes.ts'
import { createDesk } from './store/desk.ts'
import type { ParleyClient, ParleyOptions } from './types.ts'

/** After these the caller may go by another name. */
const RENAMES: ReadonlySet<string> = new Set(['user.update-profile', 'user.set-nickname'])

export function createParley(options: ParleyOptions): ParleyClient {
  const { client, desk, call, presume } = createClient(options, {
    routes: ROUTES,
    createDesk,
    openLink: openSocketIo,
  })
  return {
    ...client,
    async call(operation, ...[input]) {
      const answer = await call(operation, input as object | undefined)
      if (operation === 'auth.update-me') await presume(answer as Me)
      if (RENAMES.has(operation)) await presume((await call('auth.me')) as Me)
      return answer
    },
    list: desk.list,
    operators: () => desk.operators,
  }
}
