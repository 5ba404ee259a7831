import { randomUUID } from 'node:crypto'
import type { AppendResult } from '@parley/core'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { testIds, world } from '../accounts/world.ts'
import { type Doors, openDoors } from '../support/doors.ts'

export interface Upload {
  readonly status: number
  readonly error: string
  readonly message: string
  readonly data: Record<string, unknown> & {
    readonly id: string
    readonly fileUrl: string
    readonly thumbnailUrl: string
  }
}

/** The largest file that is taken here. Bytes. */
export const MAX = 200_000

/** One server's features over a site of its own, its doors, and the store that messages are in. */
export async function filesWorld(database: Database) {
  const server = await world(database, { environment: { fileMaxBytes: MAX } })
  const { siteId } = server
  const doors: Doors = await openDoors({ handlers: server.features.handlers, files: server.features.files })
  const store = createPostgresStore(database, siteId, testIds, server.files.urls.sign)

  const post = async (path: string, by: string | null, body: BodyInit, headers: HeadersInit = {}) => {
    const response = await fetch(doors.url + path, {
      method: 'POST',
      headers: { ...credential(by), ...headers },
      body,
    })
    const answer = (await response.json()) as Record<string, unknown>
    return { status: response.status, ...answer } as unknown as Upload
  }

  return {
    ...server,
    doors,
    store,
    post,
    async stop() {
      await doors.close()
      server.stop()
      await server.close()
    },
    /** What a browser's form sends. */
    upload(
      by: string | null,
      content: Uint8Array | string,
      name: string,
      field = 'file',
      path = '/api/files',
    ) {
      const form = new FormData()
      form.append(field, new Blob([content as BlobPart]), name)
      return post(path, by, form)
    },
    get: (path: string, by: string | null = null, headers: HeadersInit = {}) =>
      fetch(doors.url + path, { headers: { ...credential(by), ...headers } }),
    async person(id: string, role: 'user' | 'operator' | 'visitor' = 'user') {
      await database.prisma.user.create({ data: { siteId, id, role } })
      if (role === 'operator')
        await database.prisma.operator.create({ data: { siteId, userId: id, name: id } })
    },
    /** A session of these people. */
    async session(type: 'private' | 'group' | 'support', ...userIds: string[]): Promise<string> {
      const id = randomUUID()
      await database.prisma.session.create({
        data: {
          ...{ id, siteId, type, status: 'active' },
          ...(type === 'support' && { userId: userIds[0] ?? null, status: 'waiting', queueNo: 1n }),
          participants: { create: userIds.map(userId => ({ userId, siteId, role: 'member' as const })) },
        },
      })
      return id
    },
    async say(sessionId: string, senderId: string, fileId: string): Promise<string> {
      const result: AppendResult = await store.append({
        ...{ id: randomUUID(), sessionId, senderId, senderType: 'user', mustTakePart: false, anyone: true },
        ...{
          clientMessageId: null,
          receiverId: null,
          text: '',
          type: 'file',
          replyTo: null,
          forwardedFrom: null,
        },
        file: {
          ...{ url: `/files/${fileId}`, name: 'a', size: 1, mimeType: 'image/png', width: 1, height: 1 },
          ...{ durationMs: null, thumbnailUrl: null },
        },
      })
      if (result.kind !== 'stored') throw new Error(`the message is ${result.kind}`)
      return result.message.id
    },
  }
}

export type FilesWorld = Awaited<ReturnType<typeof filesWorld>>

/** `key` is an API key, any other a token. */
const credential = (by: string | null): Record<string, string> => {
  if (by === null) return {}
  return by === 'key' ? { 'x-api-key': 'key' } : { authorization: `Bearer ${by}` }
}
