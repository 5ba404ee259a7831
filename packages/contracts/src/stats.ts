import { z } from 'zod'
import { defineOperation } from './define.ts'
import { id } from './primitives.ts'

export const deskStats = z.object({
  totalSessions: z.int(),
  waitingSessions: z.int(),
  activeSessions: z.int(),
  endedSessions: z.int(),
  totalMessages: z.int(),
  onlineAgents: z.int(),
  availableAgents: z.int(),
  /** From the start to the first assignment, milliseconds. */
  averageWaitMs: z.int(),
  /** From the first assignment to the end, milliseconds. */
  averageDurationMs: z.int(),
})
export type DeskStats = z.output<typeof deskStats>

export const statsDesk = defineOperation({
  name: 'stats.desk',
  kind: 'query',
  summary: 'Figures of the support desk.',
  who: ['staff', 'key'],
  input: z.object({}),
  output: deskStats,
  errors: [],
})

export const userStats = z.object({
  /** That the person takes part in. */
  totalSessions: z.int(),
  /** In those sessions, as far as the person sees them. */
  totalMessages: z.int(),
  sentMessages: z.int(),
  /** By others. */
  receivedMessages: z.int(),
  unreadMessages: z.int(),
  /** Of those whom the person may see, itself included. */
  onlineUsers: z.int(),
})
export type UserStats = z.output<typeof userStats>

export const statsUser = defineOperation({
  name: 'stats.user',
  kind: 'query',
  summary: 'Figures of one person’s chats.',
  who: ['self', 'staff', 'key'],
  input: z.object({ userId: id }),
  output: userStats,
  errors: ['not_found', 'identity_mismatch'],
})
