import { Failure } from '@parley/contracts'
import type { Bus } from '@parley/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { Report } from '../background/repeatedly.ts'
import type { Handover } from '../features/phone/index.ts'
import { failureOf } from '../operations/failure.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { LiveObserver } from '../transports/live/live-door.ts'

export interface Observers {
  readonly http: (request: FastifyRequest, reply: FastifyReply) => void
  readonly live: LiveObserver
  readonly reportFault: (error: unknown, requestId: string) => void
  readonly report: Report
  readonly sms: (handover: Handover) => void
}

/** What is logged and counted of all that happens. */
export function createObservers(logger: Logger, metrics: Metrics): Observers {
  return {
    http(request, reply) {
      // The route, not the address: ids and what a query says are nobody's business here.
      const { url: route = 'none' } = request.routeOptions
      const { method, id: requestId } = request
      const ms = Math.round(reply.elapsedTime * 10) / 10
      metrics.request(method, route, reply.statusCode, reply.elapsedTime)
      logger.info({ requestId, method, route, status: reply.statusCode, ms }, 'request')
    },
    live: {
      opened: door => metrics.connections(door, 1),
      closed: door => metrics.connections(door, -1),
      delivered({ name, data }) {
        if (name === 'message.created')
          metrics.delivery(Math.max(0, Date.now() - Date.parse(data.message.createdAt)))
      },
    },
    reportFault(error, requestId) {
      const { code, params } = failureOf(error)
      // What was turned away on purpose has happened nowhere.
      if (error instanceof Failure && code === 'unavailable')
        logger.info({ requestId, error: code, ...params }, 'a call was turned away')
      else if (code === 'unavailable') logger.warn({ requestId, err: error }, 'a call could not be answered')
      else logger.error({ requestId, err: error }, 'a call failed')
    },
    sms(handover) {
      metrics.sms(handover.kind)
      if (handover.kind !== 'sent') logger.warn({ err: handover.cause }, 'a text to a phone was not sent')
    },
    report: ({ what, cause }) => logger.warn({ err: cause }, `failed and will be tried again: ${what}`),
  }
}

export function countChanges(bus: Pick<Bus, 'subscribe'>, metrics: Metrics): () => void {
  return bus.subscribe(message => {
    if (message.kind === 'change') metrics.change(message.happening.name)
  })
}
