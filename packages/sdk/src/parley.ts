import { createClient } from './client.ts'
import { openSocketIo } from './connection/socket-io-link.ts'
import { ROUTES } from './rest/routes.ts'
import { createDesk } from './store/desk.ts'
import type { ParleyClient, ParleyOptions } from './types.ts'

export function createParley(options: ParleyOptions): ParleyClient {
  const { client, desk, call } = createClient(options, { routes: ROUTES, createDesk, openLink: openSocketIo })
  return {
    ...client,
    call: (operation, ...[input]) => call(operation, input as object | undefined),
    list: desk.list,
    operators: () => desk.operators,
  }
}
