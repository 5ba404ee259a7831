import { z } from 'zod'
import { defineOperation } from './define.ts'

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
