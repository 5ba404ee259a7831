/** What looks like a secret inside a text that others wrote: a driver's message, a stack. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  // scheme://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1[redacted]@'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[redacted]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [redacted]'],
  [
    /([?&"']?(?:token|code|key|secret|password|signature|sig|hash)["']?\s*[=:]\s*["']?)[^\s&"',}]+/gi,
    '$1[redacted]',
  ],
]

export const scrub = (text: string): string =>
  SECRETS.reduce((scrubbed, [secret, instead]) => scrubbed.replace(secret, instead), text)
