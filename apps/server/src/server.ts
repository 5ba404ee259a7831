import { createNode } from '@parley/core'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { MemoryBus } from './adapters/memory/memory-bus.ts'
import { type AccountStores, createAccountStores } from './adapters/postgres/accounts/index.ts'
import type { Database } from './adapters/postgres/connect.ts'
import { createSearchIndex } from './adapters/postgres/search/search-index.ts'
import { seedSite } from './adapters/postgres/seed-site.ts'
import { createFileRows } from './adapters/postgres/store/file-rows.ts'
import { createPostgresStore } from './adapters/postgres/store/postgres-store.ts'
import { createRedisCheck, type RedisCheck } from './adapters/redis/redis-check.ts'
import { createSms } from './adapters/sms/create-sms.ts'
import { createStorage } from './adapters/storage/create-storage.ts'
import { systemClock } from './adapters/system/system-clock.ts'
import { systemIds } from './adapters/system/system-ids.ts'
import { SearchFeeder } from './background/search-feeder.ts'
import { sharedFor } from './background/shared-for.ts'
import type { Settings } from './config/settings.ts'
import { longestTokenMs } from './features/auth/index.ts'
import { createFileUrls, type FileUrls } from './features/file/index.ts'
import { type FeatureParts, startFeatures } from './features/index.ts'
import { phoneNumberOf } from './features/phone/index.ts'
import { type FirstStart, firstStart, wantsDemo } from './features/site/index.ts'
import { createLimits } from './operations/limits/limits.ts'
import { MemoryRateCounter } from './operations/limits/memory-rate-counter.ts'
import { createRunOperation } from './operations/run-operation.ts'
import { UnderWay } from './operations/under-way.ts'
import { jwtSecretOf } from './secrets/jwt-secret.ts'
import { allHandlers } from './server/core-handlers.ts'
import { countChanges, createObservers } from './server/observe.ts'
import { openDoors } from './server/open-doors.ts'
import { readTls } from './server/tls-files.ts'
import { createMetrics, type Metrics } from './telemetry/metrics.ts'
import { timedStore } from './telemetry/timed-store.ts'

/** There is one site. */
const SITE = 'default'
const LINKS = {
  docs: '/docs',
  openapi: '/openapi.json',
  asyncapi: '/asyncapi.json',
  console: '/console/',
  health: '/api/health',
}

export interface ServerParts {
  /** Migrated. It stays its opener's to close. */
  readonly database: Database
  readonly logger: Logger
  readonly version: string
  /** The repository's root, with a slash at its end. */
  readonly root: string
}

export interface Server {
  /** Its doors are ready to be opened by `listen`. */
  readonly app: FastifyInstance
  readonly first: FirstStart
  /** Takes nothing new, answers what is under way, sends clients elsewhere, gives up its leases. */
  stop(): Promise<void>
}

/** Puts a server together: this file alone knows both adapters and doors. */
export async function createServer(settings: Settings, parts: ServerParts): Promise<Server> {
  const { database, logger, version, root } = parts
  const [tls, jwtSecret] = await Promise.all([readTls(settings), jwtSecretOf(settings)])
  const metrics = createMetrics()
  const observers = createObservers(logger, metrics)
  const bus = new MemoryBus()
  const urls = createFileUrls({ secret: jwtSecret, ttlMs: settings.fileUrlTtlMs, clock: systemClock })
  const { store, stores } = openStores(settings, database, metrics, urls)
  const first = await makeFirst(settings, database, stores)
  const phoneNumber = (text: string) => phoneNumberOf(text, settings.defaultRegion)
  const node = createNode({ ...SYSTEM, store, bus, phoneNumber, report: observers.report }, settings)
  const redis = settings.redisUrl === null ? null : createRedisCheck(settings.redisUrl)
  const features = await startFeatures({
    ...SYSTEM,
    settings,
    siteId: SITE,
    jwtSecret,
    stores,
    files: { rows: createFileRows(database.prisma, SITE), storage: createStorage(settings), urls },
    store,
    bus,
    node,
    sms: createSms(settings, systemClock, observers.sms),
    health: healthOf(version, database, redis),
    passwordGone: password => first.passwordGone(password),
    report: observers.report,
  })
  const limits = createLimits(settings, new MemoryRateCounter())
  const underWay = new UnderWay()
  const run = createRunOperation({
    handlers: allHandlers(features.handlers, node),
    limits,
    production: settings.production,
    observe: metrics.operation,
    underWay,
  })
  const doors = await openDoors({
    settings,
    tls,
    authenticator: features.authenticator,
    limits,
    run,
    node,
    files: features.files,
    allowedOrigins: () => features.allowedOrigins(),
    observers,
    registry: metrics.registry,
    version,
    root,
  })
  metrics.queueLength(async () => (await store.queue(QUEUE_COUNTED)).length)
  const stopCounting = countChanges(bus, metrics)
  await node.start()
  const feeder = feedSearch(database, { bus, clock: systemClock, report: observers.report }, metrics)
  const stop = async () => {
    await underWay.drain()
    doors.endConnections()
    await doors.app.close()
    features.stop()
    stopCounting()
    await feeder.stop()
    await node.stop()
    redis?.close()
  }
  return { app: doors.app, first, stop }
}

const SYSTEM = { clock: systemClock, ids: systemIds }
/** How far search is behind is counted over all sessions, so not for each reading. Milliseconds. */
const LAG_KEPT_MS = 5000
/** A queue is not counted beyond. */
const QUEUE_COUNTED = 10_000

function openStores(settings: Settings, database: Database, metrics: Metrics, urls: FileUrls) {
  const longest = longestTokenMs(settings.jwtExpiresInSeconds)
  const { prisma } = database
  return {
    store: timedStore(createPostgresStore(database, SITE, systemIds, urls.sign), metrics.store),
    stores: createAccountStores({ prisma, siteId: SITE, ids: systemIds, longestTokenMs: longest }),
  }
}

function feedSearch(
  { pool }: Database,
  parts: Omit<ConstructorParameters<typeof SearchFeeder>[0], 'index'>,
  metrics: Metrics,
): SearchFeeder {
  const index = createSearchIndex(pool, SITE)
  metrics.searchLag(sharedFor(parts.clock, LAG_KEPT_MS, () => index.lag()))
  return new SearchFeeder({ ...parts, index })
}

async function makeFirst(
  settings: Settings,
  database: Database,
  { sites, auth }: AccountStores,
): Promise<FirstStart> {
  const demo = wantsDemo(settings)
  const first = await firstStart({
    ...SYSTEM,
    store: sites,
    accountByUsername: username => auth.accountByUsername(username),
    dataDir: settings.dataDir,
    strategy: settings.assignmentStrategy,
    demo,
  })
  if (first.made && demo) await seedSite(database, SITE, { now: systemClock.now(), open: false })
  return first
}

const healthOf = (version: string, database: Database, redis: RedisCheck | null): FeatureParts['health'] => ({
  version,
  database: () => database.pool.query('SELECT 1'),
  redis: redis && (() => redis.ping()),
  links: LINKS,
})
