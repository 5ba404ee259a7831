export { type UserHandlers, userHandlers } from './user-handlers.ts'
export type { SavedUser, SaveRefusal, UserChanges, UserStore } from './user-store.ts'
