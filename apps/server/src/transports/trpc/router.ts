import { type AnyOperation, OPERATIONS } from '@parley/contracts'
import { initTRPC } from '@trpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { failureOf, isOurFault } from '../../operations/failure.ts'
import { type HttpDoorParts, httpContext } from '../rest/rest-door.ts'
import type { Procedures } from './procedures.ts'
import { trpcError, trpcFailure } from './trpc-failure.ts'

export interface TrpcContext {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface TrpcParts extends Pick<HttpDoorParts, 'gate' | 'identify' | 'run'> {
  readonly reportFault: (error: unknown, requestId: string) => void
}

/** Inputs and answers are in the house's words, not in the documented spelling of REST. */
export function createRouter(parts: TrpcParts) {
  const t = initTRPC.context<TrpcContext>().create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      if (!ctx) return shape
      const { request } = ctx
      const { message, data } = trpcFailure(error, parts.gate.locale(request.raw), request.id)
      return { ...shape, message, data: { ...shape.data, ...data } }
    },
  })
  const procedureOf = ({ name, kind }: AnyOperation) => {
    const procedure = t.procedure.input((raw: unknown) => raw)
    const resolve = ({ ctx, input }: { ctx: TrpcContext; input: unknown }) => call(parts, name, ctx, input)
    return kind === 'query' ? procedure.query(resolve) : procedure.mutation(resolve)
  }
  const record: Record<string, Record<string, ReturnType<typeof procedureOf>>> = {}
  for (const operation of OPERATIONS) {
    const [feature = '', act = ''] = operation.name.split('.')
    record[feature] = { ...record[feature], [act]: procedureOf(operation) }
  }
  // The registry that the record is made of is what the type is derived from.
  return t.router(record as unknown as Procedures)
}

export type AppRouter = ReturnType<typeof createRouter>

async function call(
  parts: TrpcParts,
  name: AnyOperation['name'],
  { request, reply }: TrpcContext,
  input: unknown,
) {
  try {
    const context = await httpContext(parts, request, reply, name)
    return await parts.run(name, context, input ?? {})
  } catch (error) {
    const failure = failureOf(error)
    if (isOurFault(failure)) parts.reportFault(error, request.id)
    throw trpcError(failure)
  }
}
