import { appendRaces } from './append-races.ts'
import { appending } from './appending.ts'
import { assigning } from './assigning.ts'
import { assignmentRaces } from './assignment-races.ts'
import { befriending } from './befriending.ts'
import { bringing } from './bringing.ts'
import { files } from './files.ts'
import { friendRaces } from './friend-races.ts'
import { groupRaces } from './group-races.ts'
import { groups } from './groups.ts'
import { inboxes } from './inboxes.ts'
import { leasesAndJobs } from './leases-and-jobs.ts'
import { listingSessions } from './listing-sessions.ts'
import { marking } from './marking.ts'
import type { AcceptanceCase } from './open-store.ts'
import { operatorsAndPeople } from './operators-and-people.ts'
import { people } from './people.ts'
import { privateSessions } from './private-sessions.ts'
import { reacting } from './reacting.ts'
import { readingSessions } from './reading-sessions.ts'
import { recalling } from './recalling.ts'
import { searching } from './searching.ts'

/** Every promise of the `Store` port. An adapter's test opens a store and runs each. */
export const storeAcceptance: readonly AcceptanceCase[] = [
  ...appending,
  ...appendRaces,
  ...marking,
  ...readingSessions,
  ...listingSessions,
  ...assigning,
  ...assignmentRaces,
  ...operatorsAndPeople,
  ...leasesAndJobs,
  ...files,
  ...befriending,
  ...friendRaces,
  ...privateSessions,
  ...bringing,
  ...groups,
  ...groupRaces,
  ...recalling,
  ...reacting,
  ...inboxes,
  ...people,
  ...searching,
]
