import { appendRaces } from './append-races.ts'
import { appending } from './appending.ts'
import { assigning } from './assigning.ts'
import { assignmentRaces } from './assignment-races.ts'
import { files } from './files.ts'
import { leasesAndJobs } from './leases-and-jobs.ts'
import { listingSessions } from './listing-sessions.ts'
import { marking } from './marking.ts'
import type { AcceptanceCase } from './open-store.ts'
import { operatorsAndPeople } from './operators-and-people.ts'
import { readingSessions } from './reading-sessions.ts'
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
  ...searching,
]
