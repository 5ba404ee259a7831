export { type UserHandlers, userHandlers } from './user-handlers.ts'
export type { UserStore } from './user-store.ts'
