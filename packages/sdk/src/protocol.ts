/** Numbers of the contracts, whose own files bring Zod along; a test compares them. */
export const PROTOCOL_VERSION = 1
export const TYPING_LASTS_MS = 6000
export const SYNC_SESSIONS_MAX = 200
