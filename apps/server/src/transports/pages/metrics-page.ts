import type { IncomingMessage } from 'node:http'
import { Failure } from '@parley/contracts'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { Identify } from '../../operations/identify.ts'
import type { FrontGate } from '../http/front-gate.ts'
import { isOpenRequest } from '../http/open-mode.ts'

interface MetricsParts {
  readonly gate: FrontGate
  readonly identify: Identify
  readonly registry: Registry
}

/** For a Prometheus on this machine, or for who has an API key: as `X-API-Key`, or as the Bearer that Prometheus sends. */
export function routeMetrics(app: FastifyInstance, parts: MetricsParts): void {
  app.get('/metrics', async (request, reply) => {
    if (!isOpenRequest(request.raw)) await assertKey(parts, request.raw)
    return reply
      .header('content-type', parts.registry.contentType)
      .header('cache-control', 'no-store')
      .send(await parts.registry.metrics())
  })
}

async function assertKey({ gate, identify }: MetricsParts, request: IncomingMessage): Promise<void> {
  const { apiKey, bearer } = gate.credentials(request, 'none')
  const key = { apiKey: apiKey ?? bearer, bearer: null, consoleCookie: null, open: false }
  const caller = await identify(key, gate.address(request))
  if (caller.kind !== 'key') throw new Failure('unauthorized')
}
