/** On every answer; a page that shows something replaces its `content-security-policy`. */
export const securityHeaders = (secure: boolean): Record<string, string> => ({
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
  'x-permitted-cross-domain-policies': 'none',
  ...(secure && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
})

type Policy = Readonly<Record<string, readonly string[]>>

export const contentSecurityPolicy = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(' '))
    .join('; ')
