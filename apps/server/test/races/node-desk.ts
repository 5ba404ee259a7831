import {
  messageRead,
  messageSend,
  operatorAssign,
  type RawInput,
  type Role,
  sessionEnd,
  sessionStart,
} from '@parley/contracts'
import { type Caller, type ChatNode, createNode, type Person } from '@parley/core'
import { MemoryBus } from '../../src/adapters/memory/memory-bus.ts'
import type { Database } from '../../src/adapters/postgres/connect.ts'
import { createPostgresStore } from '../../src/adapters/postgres/store/postgres-store.ts'
import { systemClock } from '../../src/adapters/system/system-clock.ts'
import { systemIds } from '../../src/adapters/system/system-ids.ts'
import type { Desk } from './desk.ts'

/** Short, so that operators who lose their connection give their sessions back within the test. */
const OPERATOR_GRACE_MS = 200

export function nodeOn(database: Database, report: (what: string, cause: unknown) => void): ChatNode {
  return createNode(
    {
      store: createPostgresStore(database, 'default', systemIds),
      bus: new MemoryBus(),
      clock: systemClock,
      ids: systemIds,
      phoneNumber: text => text,
      report: ({ what, cause }) => report(what, cause),
    },
    {
      messageMaxLength: 4000,
      operatorGraceMs: OPERATOR_GRACE_MS,
      waitingTimeoutMs: 0,
      idleTimeoutMs: 0,
      recallWindowMs: 120_000,
      directMessages: 'friends',
      fileHosts: [],
    },
  )
}

const key: Caller = { kind: 'key', keyId: 'key' }
const person = (userId: string, role: Role): Person => ({
  kind: 'person',
  userId,
  role,
  name: null,
  loginId: userId,
})
const by = (caller: Caller) => ({ caller, connection: null, requestId: null })

export function deskOf(node: ChatNode): Desk {
  const assign = async (input: RawInput<'operator.assign'>) => {
    await node.perform('operator.assign', by(key), operatorAssign.input.parse(input))
  }
  return {
    async start(userId) {
      const input = sessionStart.input.parse({})
      return (await node.perform('session.start', by(person(userId, 'visitor')), input)).session.id
    },
    async end(sessionId) {
      await node.perform('session.end', by(key), sessionEnd.input.parse({ sessionId }))
    },
    assign: (sessionId, operatorId) =>
      assign(operatorId === null ? { sessionId } : { sessionId, operatorId }),
    toQueue: sessionId => assign({ sessionId, toQueue: true }),
    status: async (operatorId, status) =>
      void (await node.perform('operator.set-status', by(key), { operatorId, status })),
    async limit(operatorId, maxUsers) {
      const actor = { kind: 'system', id: null, actingFor: null } as const
      await node.turn({ kind: 'limit', operatorId, maxUsers, isActive: null, actor, requestId: null })
    },
    connect: (id, userId, role) =>
      node.connect({
        id,
        caller: person(userId, role),
        deliver: () => undefined,
        ping: () => node.ponged(id),
        close: () => node.disconnect(id),
      }),
    disconnect: id => Promise.resolve(node.disconnect(id)),
    async send({ sessionId, userId, role, clientMessageId }) {
      const input = messageSend.input.parse({ sessionId, clientMessageId, text: clientMessageId })
      const { id, seq } = await node.perform('message.send', by(person(userId, role)), input)
      return { id, seq }
    },
    async read(userId, role, messageId) {
      await node.perform('message.read', by(person(userId, role)), messageRead.input.parse({ messageId }))
    },
  }
}
