import type { Ids, Store } from '@parley/core'
import type { Database } from '../connect.ts'
import { searchReads } from '../search/search-reads.ts'
import { accountReads } from './accounts.ts'
import { createAppend } from './append.ts'
import { figures } from './figures.ts'
import { fileReads } from './files.ts'
import { friendStore } from './friend/friends.ts'
import { inboxReads } from './inbox.ts'
import { jobStore } from './jobs.ts'
import { leaseStore } from './leases.ts'
import { createMark } from './marks.ts'
import type { SignUrl } from './message-entity.ts'
import { messageReads } from './messages.ts'
import { orUnavailable } from './or-unavailable.ts'
import { peopleStore } from './people/people.ts'
import { sessionReads } from './sessions.ts'
import { createLines } from './talk/in-line.ts'
import { talkSteps } from './talk/talks.ts'
import { createTurn } from './turn/turn.ts'
import { writeRefusals } from './write-refusals.ts'

/** The store of one site, over PostgreSQL or the embedded database alike. The database stays its opener's to close. */
export function createPostgresStore(
  { prisma, pool }: Database,
  siteId: string,
  ids: Ids,
  sign: SignUrl = path => path,
): Store {
  const newId = () => ids.next()
  const desk = { prisma, siteId, newId, inLine: createLines() }
  const messages = messageReads(prisma, siteId, sign)
  return {
    siteId,
    ...orUnavailable({
      ...messages,
      ...sessionReads(prisma, siteId, sign),
      ...figures(prisma, siteId),
      ...searchReads({ prisma, pool }, siteId, sign),
      ...accountReads(prisma, siteId),
      ...fileReads(prisma, siteId),
      ...leaseStore(prisma, siteId, newId),
      ...jobStore(prisma, siteId, newId),
      ...inboxReads(prisma, siteId),
      ...friendStore(desk),
      ...peopleStore(prisma, siteId),
      ...talkSteps(desk, messages.message),
      writeRefusals: writeRefusals(prisma, siteId),
      append: createAppend(pool, siteId, { find: messages.message, sign }),
      mark: createMark(pool, siteId),
      turn: createTurn(prisma, siteId, newId),
    }),
  }
}
