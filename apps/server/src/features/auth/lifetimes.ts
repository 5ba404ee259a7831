import { TOKEN_SECONDS } from '@parley/contracts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Who stays away longer than this since the last refresh signs in again. A login lives as long as its tokens. */
export const refreshMs = (jwtExpiresInSeconds: number): number =>
  Math.max(30 * DAY_MS, jwtExpiresInSeconds * 1000)

/** The console's cookie, since it was last given out. */
export const CONSOLE_SECONDS = 12 * 3600
/** One that is older than this is given out anew when the console asks who it is, as it does whenever it loads. */
export const CONSOLE_RENEW_MS = HOUR_MS
/** Since the sign-in: then the password is asked again, however busy the console was. */
export const CONSOLE_LONGEST_MS = 7 * DAY_MS

export const tokenMs = TOKEN_SECONDS * 1000

/** No token lives longer than this. */
export const longestTokenMs = (jwtExpiresInSeconds: number): number =>
  Math.max(tokenMs, jwtExpiresInSeconds * 1000, CONSOLE_SECONDS * 1000)
