import type { FileRows } from '../../../features/file/index.ts'
import type { PrismaClient } from '../../../generated/prisma/client.ts'
import { knownFileOf } from './files.ts'
import { orUnavailable } from './or-unavailable.ts'

/** See the migration `files` for what refers to a file, and for what drops one with its last message. */
export const createFileRows = (prisma: PrismaClient, siteId: string): FileRows =>
  orUnavailable<FileRows>({
    async add(file) {
      await prisma.file.create({ data: { siteId, ...file } })
    },

    async file(fileId) {
      const row = await prisma.file.findFirst({ where: { id: fileId, siteId, state: { not: 'dropped' } } })
      return row && knownFileOf(row)
    },

    async drop(fileId) {
      await prisma.file.updateMany({
        where: { id: fileId, siteId },
        data: { state: 'dropped', stateAt: new Date() },
      })
    },

    async settle(olderThanMs, limit) {
      const settled = await prisma.$executeRaw`
        UPDATE files f SET
          state = CASE WHEN file_is_referred_to(f) THEN 'kept' ELSE 'dropped' END::file_state,
          state_at = clock_timestamp()
        WHERE f.state = 'new' AND f.id IN (
          SELECT id FROM files
          WHERE site_id = ${siteId} AND state = 'new'
            AND state_at < clock_timestamp() - ${olderThanMs} * interval '1 millisecond'
          ORDER BY state_at LIMIT ${limit})`
      return settled === limit
    },

    async removable(olderThanMs, limit) {
      const rows = await prisma.$queryRaw<{ id: string; state: string }[]>`
        UPDATE files f SET state = CASE WHEN file_is_referred_to(f) THEN 'kept' ELSE 'dropped' END::file_state
        WHERE f.state = 'dropped' AND f.id IN (
          SELECT id FROM files
          WHERE site_id = ${siteId} AND state = 'dropped'
            AND state_at < clock_timestamp() - ${olderThanMs} * interval '1 millisecond'
          ORDER BY state_at LIMIT ${limit})
        RETURNING f.id, f.state::text`
      return rows.filter(({ state }) => state === 'dropped').map(({ id }) => id)
    },

    async forget(fileIds) {
      await prisma.file.deleteMany({ where: { siteId, id: { in: [...fileIds] }, state: 'dropped' } })
    },
  })
