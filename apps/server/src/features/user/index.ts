export { type UserHandlers, userHandlers } from './user-handlers.ts'
export type { SavedUser, UserChanges, UserStore } from './user-store.ts'
