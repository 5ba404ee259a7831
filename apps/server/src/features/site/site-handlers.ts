import { Failure, type Operator, type SiteSettings } from '@parley/contracts'
import type { Clock, TurnCommand, TurnOutcome } from '@parley/core'
import { sharedFor } from '../../background/shared-for.ts'
import type { Handlers } from '../../operations/types.ts'
import { makeSecret } from '../../secrets/make-secret.ts'
import { actorOf, deed } from '../audit/index.ts'
import type { SiteCache } from './site-cache.ts'
import type { SiteChanges, SiteStore, StoredSite } from './site-store.ts'

export interface SiteParts {
  readonly store: SiteStore
  readonly cache: SiteCache
  readonly clock: Clock
  readonly messageMaxLength: number
  /** The one that the environment gives counts before the one that is stored. */
  readonly environmentIdentitySecret: string | null
  readonly operators: () => Promise<readonly Operator[]>
  readonly turn: (command: TurnCommand) => Promise<TurnOutcome>
}

export type SiteHandlers = Pick<
  Handlers,
  'site.get' | 'site.update' | 'site.widget' | 'site.rotate-identity-secret'
>

/** Every page with the widget asks whether somebody is there. Milliseconds. */
const ONLINE_FOR = 2000

export function siteHandlers(parts: SiteParts): SiteHandlers {
  const isOnline = sharedFor(parts.clock, ONLINE_FOR, async () => {
    const operators = await parts.operators()
    return operators.some(operator => operator.isActive && operator.isOnline)
  })
  return handlersWith(parts, isOnline)
}

const handlersWith = (parts: SiteParts, isOnline: () => Promise<boolean>): SiteHandlers => ({
  'site.get': () => Promise.resolve(settingsOf(parts.cache.current())),

  'site.update': async (context, { strategy, ...input }) => {
    const changes = namedOf(input)
    if (strategy !== undefined) {
      const { caller, requestId } = context
      const outcome = await parts.turn({ kind: 'strategy', strategy, actor: actorOf(caller), requestId })
      if (outcome.kind === 'refused') throw new Failure(outcome.code)
      await parts.cache.refresh()
    }
    if (Object.keys(changes).length > 0) {
      const told = deed(context, { ...siteDeed(parts, 'site.updated'), data: changes })
      parts.cache.changed(await parts.store.updateSite(changes, told))
    }
    return settingsOf(parts.cache.current())
  },

  'site.widget': async (_context, { siteId }) => {
    const site = parts.cache.current()
    if (siteId !== undefined && siteId !== site.id) throw new Failure('not_found')
    return {
      siteId: site.id,
      name: site.name,
      accent: site.accent,
      corner: site.corner,
      online: await isOnline(),
      messageMaxLength: parts.messageMaxLength,
    }
  },

  'site.rotate-identity-secret': async context => {
    if (parts.environmentIdentitySecret !== null) throw new Failure('conflict', { reason: 'identity_secret' })
    const identitySecret = makeSecret('is_')
    await parts.store.changeIdentitySecret(
      identitySecret,
      deed(context, siteDeed(parts, 'site.identity-secret-rotated')),
    )
    await parts.cache.refresh()
    return { identitySecret }
  },
})

const siteDeed = (parts: SiteParts, action: string) =>
  ({ action, targetKind: 'site', targetId: parts.cache.current().id }) as const

const settingsOf = ({ name, strategy, allowedOrigins, accent, corner }: StoredSite): SiteSettings => ({
  name,
  strategy,
  allowedOrigins,
  accent,
  corner,
})

/** Only what is named changes. */
const namedOf = (input: { readonly [K in keyof SiteChanges]: SiteChanges[K] | undefined }): SiteChanges =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
