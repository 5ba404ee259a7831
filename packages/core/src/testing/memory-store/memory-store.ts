import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'
import { accounts } from './accounts.ts'
import { figures } from './figures.ts'
import { files } from './files.ts'
import { type Fixtures, fixtures } from './fixtures.ts'
import { friends } from './friends.ts'
import { groups } from './groups.ts'
import { inbox } from './inbox.ts'
import { jobs } from './jobs.ts'
import { leases } from './leases.ts'
import { marks } from './marks.ts'
import { messages } from './messages.ts'
import { people } from './people.ts'
import { privateSessions } from './private-sessions.ts'
import { recalls } from './recalls.ts'
import { search } from './search.ts'
import { sessions } from './sessions.ts'
import { newState, type State } from './state.ts'
import { promised } from './sync.ts'
import { turns } from './turns.ts'

export interface MemoryStore extends Store {
  readonly fixtures: Fixtures
  /** What is in it now, for the simulated world to look at between steps. */
  readonly rows: State
}

/** The whole `Store` in memory. The nodes of one site share one. */
export function createMemoryStore({
  clock,
  siteId = 'default',
}: {
  clock: Pick<Clock, 'now'>
  siteId?: string
}): MemoryStore {
  const state = newState(siteId, () => clock.now())
  const steps = {
    ...accounts(state),
    ...messages(state),
    ...recalls(state),
    ...marks(state),
    ...sessions(state),
    ...privateSessions(state),
    ...groups(state),
    ...inbox(state),
    ...friends(state),
    ...people(state),
    ...search(state),
    ...figures(state),
    ...files(state),
    ...jobs(state),
    ...leases(state),
  }
  return {
    siteId,
    ...promised<Omit<Store, 'siteId' | 'turn'>>(steps),
    ...turns(state),
    fixtures: fixtures(state),
    rows: state,
  }
}
