import { createClient, type Desk } from './client.ts'
import { openLean } from './connection/lean-link.ts'
import { VISITOR_ROUTES } from './rest/visitor-routes.ts'
import type { ParleyOptions, VisitorClient } from './types.ts'

const nothing = () => undefined
const noDesk = (): Desk => ({ event: () => false, online: nothing, read: nothing, reset: nothing })

/** `createParley` without what only staff can use: for pages where every byte counts. */
export const createVisitorClient = (options: ParleyOptions): VisitorClient =>
  createClient(options, { routes: VISITOR_ROUTES, createDesk: noDesk, openLink: openLean }).client

export { ParleyError } from './errors.ts'
