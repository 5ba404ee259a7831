import type { Clock } from '@parley/core'
import { type Report, repeatedly } from '../../background/repeatedly.ts'
import type { SiteStore, StoredSite } from './site-store.ts'

/** What another node has changed counts here this much later. */
const REFRESH_MS = 2000

/** The site's settings, in memory: looking at them costs no query. */
export interface SiteCache {
  current(): StoredSite
  /** Takes over what was just written. */
  changed(site: StoredSite): void
  refresh(): Promise<void>
  start(): Promise<void>
  stop(): void
}

export function createSiteCache(options: {
  readonly store: SiteStore
  readonly clock: Clock
  readonly report: Report
}): SiteCache {
  const { store, clock, report } = options
  let site: StoredSite | null = null
  let writes = 0
  let stopRefreshing: () => void = () => undefined

  const refresh = async () => {
    const writesBefore = writes
    const read = await store.site()
    // What was read may be from before a write that ended meanwhile.
    if (read !== null && writes === writesBefore) site = read
  }
  return {
    current() {
      if (site === null) throw new Error('the site is not there: was its first start made?')
      return site
    },
    changed(written) {
      writes += 1
      site = written
    },
    refresh,
    async start() {
      await refresh()
      const what = 'reading the settings of the site'
      stopRefreshing = repeatedly({ clock, ms: REFRESH_MS, what, report, task: refresh })
    },
    stop: () => stopRefreshing(),
  }
}
