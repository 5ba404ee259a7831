import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Operation,
  type OperationName,
  type Operator,
  type Output,
  operationsByName,
  type RawInput,
} from '@parley/contracts'
import type { BusMessage, Caller, TurnCommand, TurnOutcome } from '@parley/core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { createAccountStores } from '../../src/adapters/postgres/accounts/index.ts'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { createFileRows } from '../../src/adapters/postgres/store/file-rows.ts'
import { fileReads } from '../../src/adapters/postgres/store/files.ts'
import { createFolderStorage } from '../../src/adapters/storage/folder-storage.ts'
import { longestTokenMs } from '../../src/features/auth/index.ts'
import { createFileUrls } from '../../src/features/file/index.ts'
import { type FeatureHandlers, type FeatureParts, startFeatures } from '../../src/features/index.ts'
import { firstStart } from '../../src/features/site/index.ts'
import type { Credentials, ServerContext } from '../../src/operations/types.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** A clock that stands until the test moves it; what waits for a time runs when it is passed. */
export function testClock() {
  let time = Date.now()
  const timers = new Set<{ readonly at: number; readonly task: () => void }>()
  const now = () => time
  return {
    now,
    after(ms: number, task: () => void) {
      const timer = { at: now() + ms, task }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    pass(ms: number) {
      time += ms
      for (const timer of timers) {
        if (timer.at > now()) continue
        timers.delete(timer)
        timer.task()
      }
    },
  }
}

export const testIds = { next: () => randomUUID(), chance: () => 0.5 }

/** What nodes tell each other, at once; `down` loses it. */
function testBus() {
  const listeners = new Set<(message: BusMessage) => void>()
  const bus = {
    down: false,
    publish(message: BusMessage) {
      if (!bus.down) for (const listener of listeners) listener(message)
    },
    subscribe(listener: (message: BusMessage) => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onRecovered: () => () => undefined,
  }
  return bus
}

const NOTHING: TurnOutcome = {
  kind: 'done',
  sessionId: null,
  created: false,
  changes: [],
  operators: [],
  touched: [],
}

export interface WorldOptions {
  readonly environment?: Partial<FeatureParts['settings']>
  readonly demo?: boolean
  readonly health?: Partial<FeatureParts['health']>
  readonly sms?: FeatureParts['sms']
}

/** A site of its own in the database, and one server's features over it. */
export async function world(database: Database, options: WorldOptions = {}) {
  const siteId = `site-${randomUUID()}`
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-accounts-'))
  const clock = testClock()
  const bus = testBus()
  const first = await node(database, { siteId, dataDir, clock, bus, options })
  return {
    ...first,
    database,
    siteId,
    dataDir,
    clock,
    bus,
    /** Another server of the same site. */
    another: () => node(database, { siteId, dataDir, clock, bus, options }),
    close: () => rm(dataDir, { recursive: true, force: true }),
  }
}

export type World = Awaited<ReturnType<typeof world>>

/** A world of its own for each test of the block, over one database for all of them; `set` is given each. */
export function worldForEach(
  open: () => Promise<Database>,
  set: (server: World) => void,
  options: () => WorldOptions = () => ({}),
): void {
  let database: Database
  beforeAll(async () => {
    database = await open()
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    const server = await world(database, options())
    set(server)
    return async () => {
      server.stop()
      await server.close()
    }
  })
}

async function node(
  database: Database,
  around: {
    readonly siteId: string
    readonly dataDir: string
    readonly clock: ReturnType<typeof testClock>
    readonly bus: ReturnType<typeof testBus>
    readonly options: WorldOptions
  },
) {
  const { siteId, dataDir, clock, bus, options } = around
  const stores = createAccountStores({
    prisma: database.prisma,
    siteId,
    ids: testIds,
    longestTokenMs: longestTokenMs(3600),
  })
  const seen = {
    turns: [] as TurnCommand[],
    /** Operations of the core that were called. */
    performed: [] as string[],
    ended: [] as { readonly loginId: string | null; readonly userId: string | null }[],
    operatorsChanged: [] as string[],
    problems: [] as string[],
  }
  let outcome: (command: TurnCommand) => TurnOutcome = () => NOTHING
  const first = await firstStart({
    store: stores.sites,
    accountByUsername: username => stores.auth.accountByUsername(username),
    clock,
    ids: testIds,
    dataDir,
    strategy: 'least-busy',
    demo: options.demo ?? false,
  })
  const files = {
    rows: createFileRows(database.prisma, siteId),
    storage: createFolderStorage(join(dataDir, 'files')),
    urls: createFileUrls({ secret: 'a secret', ttlMs: DAY, clock }),
  }
  const features = await startFeatures({
    settings: {
      jwtExpiresInSeconds: 3600,
      apiKey: null,
      identitySecret: null,
      messageMaxLength: 1000,
      defaultRegion: null,
      codeLimitPerHour: 20,
      dataDir,
      fileMaxBytes: 10_485_760,
      fileHosts: [],
      ...options.environment,
    },
    siteId,
    jwtSecret: 'a secret of thirty-two bytes or more',
    clock,
    ids: testIds,
    stores,
    files,
    store: {
      ...fileReads(database.prisma, siteId),
      operators: () => operatorsIn(database, siteId),
      operator: async id =>
        (await operatorsIn(database, siteId)).find(operator => operator.id === id) ?? null,
      connected: () => Promise.resolve(new Set()),
      presence: () => Promise.resolve([]),
    },
    bus,
    node: {
      turn(command) {
        seen.turns.push(command)
        return Promise.resolve(outcome(command))
      },
      perform(name) {
        seen.performed.push(name)
        return Promise.resolve({} as never)
      },
      listsChanged: operatorIds => seen.operatorsChanged.push(...operatorIds),
      endLogin(login) {
        seen.ended.push(login)
        bus.publish({ kind: 'login-ended', ...login })
      },
    },
    sms: options.sms ?? null,
    health: {
      version: '1.2.3',
      database: () => database.pool.query('SELECT 1'),
      redis: null,
      links: {},
      ...options.health,
    },
    passwordGone: password => first.passwordGone(password),
    report: problem => seen.problems.push(problem.what),
  })

  const as = (caller: Caller, with_: Partial<ServerContext> = {}): ServerContext => ({
    caller,
    connection: null,
    requestId: 'request-1',
    address: '192.0.2.1',
    userAgent: 'a test',
    locale: 'en',
    cookie: null,
    open: false,
    ...with_,
  })

  return {
    first,
    stores,
    files,
    seen,
    features,
    decide: (decision: typeof outcome) => (outcome = decision),
    stop: () => features.stop(),
    /** Calls an operation of the server's own, as a door does: parsed, and its answer held against its schema. */
    async call<N extends keyof FeatureHandlers>(
      name: N,
      caller: Caller,
      input: RawInput<N>,
      with_: Partial<ServerContext> = {},
    ): Promise<Output<N>> {
      const operation: Operation = operationsByName[name]
      const handler = features.handlers[name] as (context: ServerContext, input: unknown) => Promise<unknown>
      const output = await handler(as(caller, with_), operation.input.parse(input))
      return operation.output.parse(output) as Output<N>
    },
    identify: (credentials: Partial<Credentials>, operation?: OperationName): Promise<Caller> =>
      features.authenticator.identify(
        { bearer: null, apiKey: null, consoleCookie: null, open: false, ...credentials },
        operation,
      ),
  }
}

async function operatorsIn(database: Database, siteId: string): Promise<Operator[]> {
  const rows = await database.prisma.operator.findMany({ where: { siteId } })
  return rows.map(row => ({
    id: row.userId,
    name: row.name,
    avatar: row.avatar,
    status: row.status,
    isOnline: row.status !== 'offline',
    isActive: row.isActive,
    maxUsers: row.maxUsers,
    activeUsers: [],
    activeSessions: row.load,
    lastAssignedAt: row.lastAssignedAt?.toISOString() ?? null,
  }))
}

export const anyone: Caller = { kind: 'anyone' }
export const key: Caller = { kind: 'key', keyId: 'key-1' }

/** The console's cookie as a browser keeps it. */
export function cookieJar() {
  let kept: { token: string; seconds: number } | null = null
  return {
    set(token: string, seconds: number) {
      kept = { token, seconds }
    },
    clear() {
      kept = null
    },
    get: () => kept,
  }
}
