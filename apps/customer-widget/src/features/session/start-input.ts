import type { StartInput } from '@parley/sdk'
import type { PageState } from '../../bridge/protocol.ts'

/** As the contracts have it: characters of JSON. */
const METADATA_MAX = 8192
const PAGE_MAX = 500

/** What the operator is told of where a session begins: the page, and whatever the page itself adds. */
export function startInput(
  { options, page }: Pick<PageState, 'options' | 'page'>,
  locale: string,
): StartInput {
  // The loader has taken it as JSON.
  const own = (options.metadata ?? {}) as NonNullable<StartInput['metadata']>
  const all = { page: page.slice(0, PAGE_MAX), ...own }
  const metadata = JSON.stringify(all).length > METADATA_MAX ? own : all
  return { locale, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, metadata }
}
