import { createHmac } from 'node:crypto'
import type { Clock } from '@parley/core'
import type { Handover, Sms, Text } from '../../features/phone/index.ts'

export interface WebhookOptions {
  readonly url: string
  readonly secret: string
  readonly timeoutMs: number
  readonly clock: Pick<Clock, 'now'>
}

/** Hands texts to an SMS provider, or to what speaks to one: any 2xx says that it has taken the text over. */
export function createWebhook({ url, secret, timeoutMs, clock }: WebhookOptions): Sms {
  return {
    async send({ to, code, text, at }: Text): Promise<Handover> {
      const body = JSON.stringify({ to, code, text, at })
      const timestamp = String(Math.floor(clock.now() / 1000))
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'X-Parley-Timestamp': timestamp,
            'X-Parley-Signature': signature(secret, timestamp, body),
          },
          body,
          // Whoever answers elsewhere would get the code too.
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        })
        await response.body?.cancel()
        if (response.ok) return { kind: 'sent' }
        return { kind: 'refused', cause: new Error(`the SMS provider answered ${response.status}`) }
      } catch (error) {
        return { kind: neverArrived(error) ? 'refused' : 'unanswered', cause: withoutBody(error) }
      }
    },
  }
}

/** `v1=` and the hex HMAC-SHA256 of timestamp, a dot, and the body as it is sent. */
const signature = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex')}`

/** The connection was never there, so that nobody can have read the request. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error
    ? error.code
    : error instanceof Error && error.cause !== undefined
      ? codeOf(error.cause)
      : undefined

const neverArrived = (error: unknown): boolean => NO_CONNECTION.has(codeOf(error))

function withoutBody(error: unknown): Error {
  const code = codeOf(error)
  const why = error instanceof Error && error.name === 'TimeoutError' ? 'in time' : `(${String(code)})`
  return new Error(`the SMS provider did not answer ${why}`, { cause: code })
}
