import type { Health } from '@parley/contracts'
import type { Clock } from '@parley/core'
import type { Handlers } from '../../operations/types.ts'

/** A part that answers in time is up. */
const ANSWER_WITHIN_MS = 2000

const NOT_CONFIGURED = 'not_configured' as const

export type Check = () => Promise<unknown>

export interface HealthParts {
  readonly version: string
  readonly clock: Clock
  readonly database: Check
  /** Null where none is configured. */
  readonly redis: Check | null
  /** Where to look, by name: paths of this server. */
  readonly links: Readonly<Record<string, string>>
}

export type HealthHandlers = Pick<Handlers, 'health.get' | 'root.get'>

export function healthHandlers(parts: HealthParts): HealthHandlers {
  const startedAt = parts.clock.now()
  const database = shared(parts.database, parts.clock)
  const redis = parts.redis && shared(parts.redis, parts.clock)

  return {
    'health.get': async () => {
      const [databaseIs, redisIs] = await Promise.all([database(), redis ? redis() : NOT_CONFIGURED])
      const checks = { database: databaseIs, redis: redisIs }
      const now = parts.clock.now()
      return {
        ...verdict(checks),
        timestamp: new Date(now).toISOString(),
        uptime: Math.round((now - startedAt) / 1000),
        version: parts.version,
        checks,
      }
    },
    'root.get': () => Promise.resolve({ name: 'Parley', version: parts.version, links: { ...parts.links } }),
  }
}

function verdict({ database, redis }: Health['checks']): Pick<Health, 'status' | 'message'> {
  if (database !== 'up') return { status: 'down', message: 'The database does not answer.' }
  if (redis === 'down')
    return { status: 'degraded', message: 'Redis does not answer; nothing durable is lost.' }
  return { status: 'ok', message: 'Parley is running.' }
}

/** Whoever asks while a check is under way gets its answer: many who ask cost no more than one. */
function shared(check: Check, clock: Clock): () => Promise<'up' | 'down'> {
  let running: Promise<'up' | 'down'> | null = null
  return () => {
    running ??= within(check, clock).finally(() => {
      running = null
    })
    return running
  }
}

function within(check: Check, clock: Clock): Promise<'up' | 'down'> {
  return new Promise(resolve => {
    const cancel = clock.after(ANSWER_WITHIN_MS, () => resolve('down'))
    check()
      .then(
        () => resolve('up'),
        () => resolve('down'),
      )
      .finally(cancel)
  })
}
