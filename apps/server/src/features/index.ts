import type { Bus, ChatNode, Clock, Ids, Store } from '@parley/core'
import { type Report, repeatedly } from '../background/repeatedly.ts'
import type { Settings } from '../config/settings.ts'
import type { Authenticator } from '../operations/types.ts'
import { type ApiKeyHandlers, type ApiKeyStore, apiKeyHandlers, createKeyRing } from './api-key/index.ts'
import {
  type AuthHandlers,
  type AuthParts,
  type AuthStore,
  authHandlers,
  createAuthenticator,
  createRevocations,
  createSignInThrottle,
  createTokens,
  longestTokenMs,
  spread,
} from './auth/index.ts'
import {
  createPictures,
  createServing,
  type FileHandlers,
  type FileRows,
  type FileServing,
  type FileStorage,
  type FileUrls,
  fileHandlers,
  sweepFiles,
  Uploads,
  Workshop,
} from './file/index.ts'
import { type HealthHandlers, type HealthParts, healthHandlers } from './health/index.ts'
import { type OperatorHandlers, type OperatorStore, operatorHandlers } from './operator/index.ts'
import {
  ALLOWANCE_MS,
  type PhoneHandlers,
  type PhoneStore,
  phoneHandlers,
  phoneNumberOf,
  type Sms,
} from './phone/index.ts'
import { createSiteCache, type SiteHandlers, type SiteStore, siteHandlers } from './site/index.ts'
import { type UserHandlers, type UserStore, userHandlers } from './user/index.ts'

export type FeatureHandlers = AuthHandlers &
  PhoneHandlers &
  UserHandlers &
  FileHandlers &
  SiteHandlers &
  ApiKeyHandlers &
  OperatorHandlers &
  HealthHandlers

export interface FeatureParts {
  readonly settings: Pick<
    Settings,
    | 'jwtExpiresInSeconds'
    | 'apiKey'
    | 'identitySecret'
    | 'messageMaxLength'
    | 'defaultRegion'
    | 'fileHosts'
    | 'codeLimitPerHour'
    | 'dataDir'
    | 'fileMaxBytes'
  >
  readonly siteId: string
  readonly jwtSecret: string
  readonly clock: Clock
  readonly ids: Ids
  readonly stores: {
    readonly auth: AuthStore
    readonly phones: PhoneStore
    readonly users: UserStore
    readonly operators: OperatorStore
    readonly keys: ApiKeyStore
    readonly sites: SiteStore
  }
  readonly files: {
    readonly rows: FileRows
    readonly storage: FileStorage
    readonly urls: FileUrls
  }
  readonly store: Pick<Store, 'operators' | 'operator' | 'connected' | 'readableFile' | 'presence'>
  readonly bus: Pick<Bus, 'subscribe' | 'onRecovered'>
  readonly node: Pick<ChatNode, 'turn' | 'listsChanged' | 'endLogin' | 'perform'>
  /** Null: this server sends no texts. */
  readonly sms: Sms | null
  readonly health: Pick<HealthParts, 'version' | 'database' | 'redis' | 'links'>
  readonly passwordGone: (password: string) => Promise<void>
  /** What must not end the process but should be known; it will be tried again. */
  readonly report: Report
}

export interface Features {
  readonly authenticator: Authenticator
  readonly handlers: FeatureHandlers
  readonly files: FileServing
  /** Sites that may show the widget and call, besides `FRONTEND_URLS`: as they are now, without a query. */
  allowedOrigins(): readonly string[]
  stop(): void
}

const FORGET_EVERY_MS = 3_600_000
const SWEEP_FILES_EVERY_MS = 60_000

/** Accounts, sign-in, keys, the site, its operators and its health. The site must have been made: see first-start. */
export async function startFeatures(parts: FeatureParts): Promise<Features> {
  const { settings, stores, clock, ids, node, store, report } = parts
  const site = createSiteCache({ store: stores.sites, clock, report })
  const revocations = createRevocations({
    table: stores.auth,
    clock,
    report,
    // Whoever was not told, because the bus was away or a command ended them, closes their connections now.
    found: loginIds => {
      for (const loginId of loginIds) node.endLogin({ loginId, userId: null })
    },
  })
  const ring = createKeyRing({ store: stores.keys, environmentKey: settings.apiKey, clock, report })
  await Promise.all([site.start(), revocations.start()])

  const stopListening = whenLoginsEnd(parts.bus, loginId => {
    const now = clock.now()
    const expiresAt = now + longestTokenMs(settings.jwtExpiresInSeconds)
    if (loginId !== null) revocations.note([{ subject: `login:${loginId}`, notBefore: now, expiresAt }])
    revocations.refresh().catch(cause => report({ what: 'reading which logins have ended', cause }))
  })
  const stopForgetting = repeatedly({
    clock,
    ms: FORGET_EVERY_MS,
    what: 'dropping logins and codes that have expired',
    report,
    async task() {
      await stores.auth.forgetExpired(clock.now())
      await stores.phones.forgetCodes(clock.now() - ALLOWANCE_MS)
    },
  })
  const workshop = new Workshop(settings.dataDir)
  const uploads = new Uploads(workshop, settings.fileMaxBytes)
  const files = { ...parts.files, ids, uploads, workshop }
  const pictures = createPictures(files)
  const stopSweeping = repeatedly({
    clock,
    ms: SWEEP_FILES_EVERY_MS,
    what: 'removing files that nothing refers to',
    report,
    async task() {
      await sweepFiles(files.rows, files.storage)
      await workshop.sweep(clock.now())
    },
  })
  const tokensFor = (use: 'bearer' | 'console') =>
    createTokens({ secret: parts.jwtSecret, siteId: parts.siteId, use, clock })
  const auth: AuthParts = {
    store: stores.auth,
    revocations,
    throttle: createSignInThrottle(clock),
    bearer: tokensFor('bearer'),
    console: tokensFor('console'),
    clock,
    ids,
    jwtExpiresInSeconds: settings.jwtExpiresInSeconds,
    identitySecret: () => settings.identitySecret ?? site.current().identitySecret,
    connected: userIds => store.connected(userIds),
    turn: command => node.turn(command),
    endConnections: login => node.endLogin(login),
    operatorsChanged: operatorIds => node.listsChanged(operatorIds),
    passwordGone: parts.passwordGone,
  }

  return {
    authenticator: createAuthenticator({
      bearer: auth.bearer,
      console: auth.console,
      revocations,
      keyIdOf: apiKey => ring.keyIdOf(apiKey),
      mustChangePassword: async userId => (await stores.auth.account(userId))?.mustChangePassword ?? true,
      siteMadeAt: site.current().madeAt,
    }),
    handlers: {
      ...authHandlers(auth),
      ...phoneHandlers({
        auth,
        store: stores.phones,
        sms: parts.sms,
        clock,
        ids,
        secret: parts.jwtSecret,
        defaultRegion: settings.defaultRegion,
        codeLimitPerHour: settings.codeLimitPerHour,
        siteName: () => site.current().name,
      }),
      ...userHandlers({
        accounts: stores.auth,
        store: stores.users,
        pictures,
        clock,
        ids,
        fileHosts: settings.fileHosts,
        phoneNumber: text => phoneNumberOf(text, settings.defaultRegion),
        presence: userIds => store.presence(userIds),
        turn: command => node.turn(command),
        operatorsChanged: operatorIds => node.listsChanged(operatorIds),
        ended: ended => spread(auth, ended),
        endConnections: login => node.endLogin(login),
        openInbox: async context => void (await node.perform('inbox.open', context, {})),
      }),
      ...fileHandlers(files),
      ...siteHandlers({
        store: stores.sites,
        cache: site,
        clock,
        messageMaxLength: settings.messageMaxLength,
        environmentIdentitySecret: settings.identitySecret,
        operators: () => store.operators(),
        turn: command => node.turn(command),
      }),
      ...apiKeyHandlers({ store: stores.keys, ring, clock, ids }),
      ...operatorHandlers({
        store: stores.operators,
        pictures,
        clock,
        ids,
        account: userId => stores.auth.account(userId),
        accountByUsername: username => stores.auth.accountByUsername(username),
        operator: operatorId => store.operator(operatorId),
        turn: command => node.turn(command),
        operatorsChanged: operatorIds => node.listsChanged(operatorIds),
        ended: ended => spread(auth, ended),
      }),
      ...healthHandlers({ ...parts.health, clock }),
    },
    files: createServing({ ...files, store, now: () => clock.now() }),
    allowedOrigins: () => site.current().allowedOrigins,
    stop() {
      stopListening()
      stopForgetting()
      stopSweeping()
      site.stop()
      revocations.stop()
    },
  }
}

/** Calls when a login has ended on any node; without an id when it was not told which, or may have missed it. */
function whenLoginsEnd(bus: FeatureParts['bus'], task: (loginId: string | null) => void): () => void {
  const ends = [
    bus.subscribe(message => {
      if (message.kind === 'login-ended') task(message.loginId)
    }),
    bus.onRecovered(() => task(null)),
  ]
  return () => {
    for (const end of ends) end()
  }
}
