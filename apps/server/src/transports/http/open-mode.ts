import type { IncomingMessage } from 'node:http'
import { isLoopbackAddress, isLoopbackName } from './loopback.ts'

const FORWARDING = ['forwarded', 'via', 'x-real-ip'] as const

/**
 * Does open mode count for this request? Connection and `Host` are loopback (a page whose name was rebound to this
 * machine has another `Host`), nothing was forwarded, and no other site makes a browser send it.
 */
export function isOpenRequest({ headers, socket }: IncomingMessage): boolean {
  const forwarded = FORWARDING.some(name => name in headers) || Object.keys(headers).some(isForwardedName)
  if (forwarded || !isLoopbackAddress(socket.remoteAddress ?? '')) return false
  if (headers.origin === undefined && headers['sec-fetch-site'] === 'cross-site') return false
  const host = `http://${headers.host ?? ''}`
  return URL.canParse(host) && isLoopbackName(new URL(host).hostname)
}

const isForwardedName = (name: string): boolean => name.startsWith('x-forwarded-')
