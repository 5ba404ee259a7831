import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes a file, which may be longer on its way than anything else. */
    readonly takesItsTime?: boolean
  }
}

/** For a file to arrive. Milliseconds. */
export const LONGEST_PATIENCE = 600_000
/** For any other body, of at most 64 KiB. Milliseconds. */
const PATIENCE = 30_000

/** Who sends a small body drop by drop loses its connection, long before the server's own patience ends. */
export function loseSlow(
  { raw, routeOptions }: Pick<FastifyRequest, 'raw' | 'routeOptions'>,
  ms = PATIENCE,
): void {
  if (routeOptions.config.takesItsTime === true || !hasBody(raw)) return
  const late = setTimeout(() => {
    if (!raw.complete) raw.destroy()
  }, ms)
  late.unref()
  raw.once('close', () => clearTimeout(late))
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
