// The path of an uploaded file: no empty, `.` or `..` parts, so that it can't lead out of it. A query is its signature.
const OWN_FILE = /^(\/files(?:\/(?!\.{1,2}(?:[/?]|$))[\w.~%-]+)+)(?:\?[^#\s]*)?$/
// Nothing but a host may stand before the path: `@`, `\` and spaces are read differently by different browsers.
const HTTPS = /^https:\/\/([a-z0-9.-]+(?::\d{1,5})?)(?:[/?#][^\s\\]*)?$/i
const ENCODED_PATH_PARTS = /%(?:2e|2f|5c)/i

/** The address as it is stored; null if a message may not have it (M6). */
export function storableFileUrl(url: string, hosts: readonly string[]): string | null {
  const own = OWN_FILE.exec(url)?.[1]
  if (own !== undefined) return ENCODED_PATH_PARTS.test(own) ? null : own
  const host = HTTPS.exec(url)?.[1]?.toLowerCase().replace(/:443$/, '')
  return host !== undefined && hosts.some(allowed => allowed.toLowerCase() === host) ? url : null
}
