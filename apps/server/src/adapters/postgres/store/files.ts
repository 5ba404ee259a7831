import type { FileReader, FileStore, KnownFile } from '@parley/core'
import { fileUrlOf } from '@parley/core'
import { type File as FileRow, Prisma, type PrismaClient } from '../../../generated/prisma/client.ts'

export function fileReads(prisma: PrismaClient, siteId: string): FileStore {
  return {
    async readableFile(fileId, reader) {
      const row = await prisma.file.findFirst({ where: { id: fileId, siteId, state: { not: 'dropped' } } })
      return row && (await mayHave(prisma, row, reader)) ? knownFileOf(row) : null
    },
  }
}

export const knownFileOf = (row: FileRow): KnownFile => ({
  id: row.id,
  ownerId: row.ownerId,
  name: row.name,
  size: row.size,
  mimeType: row.mimeType,
  width: row.width,
  height: row.height,
  durationMs: row.durationMs,
  hasThumbnail: row.hasThumbnail,
  isPublic: row.isPublic,
})

async function mayHave(prisma: PrismaClient, file: FileRow, reader: FileReader): Promise<boolean> {
  if (reader.kind === 'key' || file.isPublic || file.ownerId === reader.userId) return true
  const supports = reader.isStaff ? Prisma.sql`OR s.type = 'support'` : Prisma.empty
  const [found] = await prisma.$queryRaw<{ may: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM messages m
      JOIN sessions s ON s.id = m.session_id
      LEFT JOIN participants p ON p.session_id = m.session_id AND p.user_id = ${reader.userId}
        AND p.left_change IS NULL AND p.joined_seq < m.seq
      WHERE m.file IS NOT NULL AND m.file ->> 'url' = ${fileUrlOf(file.id)}
        AND m.site_id = ${file.siteId} AND m.recalled_at IS NULL
        AND (p.user_id IS NOT NULL ${supports})
    ) AS may`
  return found?.may ?? false
}
