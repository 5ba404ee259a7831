import { z } from 'zod'
import { defineOperation } from './define.ts'
import { time } from './primitives.ts'

const check = z.enum(['up', 'down', 'not_configured'])

export const health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  timestamp: time,
  message: z.string(),
  /** Seconds. */
  uptime: z.number(),
  version: z.string(),
  checks: z.object({ database: check, redis: check }),
})
export type Health = z.output<typeof health>

export const healthGet = defineOperation({
  name: 'health.get',
  kind: 'query',
  summary: 'Is the server able to work? 503 when its database is down, 200 and `degraded` when Redis is.',
  who: ['anyone'],
  input: z.object({}),
  output: health,
  errors: [],
})

export const rootGet = defineOperation({
  name: 'root.get',
  kind: 'query',
  summary: 'Name, version and where to look.',
  who: ['anyone'],
  input: z.object({}),
  output: z.object({ name: z.string(), version: z.string(), links: z.record(z.string(), z.string()) }),
  errors: [],
})
