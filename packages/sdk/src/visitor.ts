import { createClient } from './client.ts'
import { openLean } from './connection/lean-link.ts'
import { VISITOR_ROUTES } from './rest/visitor-routes.ts'
import type { BoundHandle } from './store/session-handle.ts'
import { unreadAtLeast } from './sync/unread.ts'
import type { Auth, LoginAuth, ParleyOptions, VisitorClient } from './types.ts'

const asItIs = ({ handle }: BoundHandle) => handle

/** `createParley` without what only staff can use: for pages where every byte counts. */
export const createVisitorClient = (
  options: ParleyOptions & { readonly auth: Exclude<Auth, LoginAuth> },
): VisitorClient =>
  createClient(options, {
    routes: VISITOR_ROUTES,
    count: unreadAtLeast,
    createDesk: () => ({}),
    finish: () => asItIs,
    openLink: openLean,
  }).client

export { ParleyError } from './errors.ts'
