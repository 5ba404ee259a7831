import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import type { FastifyInstance } from 'fastify'
import { BODY_MAX } from '../http/body-limit.ts'
import { type AppRouter, createRouter, type TrpcParts } from './router.ts'
import { failureBehind } from './trpc-failure.ts'

/** Calls in one request. Each counts as a request of its own. */
const BATCH_MAX = 20

/** `/trpc`, over HTTP alone: with WebSockets of its own it would be one more door. */
export async function openTrpc(app: FastifyInstance, parts: TrpcParts): Promise<void> {
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: createRouter(parts),
    createContext: ({ req, res }) => ({ request: req, reply: res }),
    maxBodySize: BODY_MAX,
    maxBatchSize: BATCH_MAX,
    responseMeta: ({ errors }) => ({ headers: new Headers(headersFor(errors)) }),
  }
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions })
}

function headersFor(errors: readonly Parameters<typeof failureBehind>[0][]): Record<string, string> {
  const waits = errors.map(error => Number(failureBehind(error).params['seconds'] ?? 0))
  const seconds = Math.max(0, ...waits)
  return { 'cache-control': 'no-store', ...(seconds > 0 && { 'retry-after': String(seconds) }) }
}
