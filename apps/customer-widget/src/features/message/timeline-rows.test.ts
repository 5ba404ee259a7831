import type { TimelineMessage } from '@parley/sdk'
import { describe, expect, it } from 'vitest'
import { timelineRows } from './timeline-rows.ts'

const message = (seq: number, senderId: string, createdAt: string) =>
  ({
    key: `m${seq}`,
    seq,
    senderId,
    mine: senderId === 'me',
    state: 'received',
    createdAt,
  }) as unknown as TimelineMessage

const facts = { session: null, hasOlder: false, unreadFrom: null }
const kinds = (rows: ReturnType<typeof timelineRows>) => rows.map(({ kind }) => kind)

describe('the timeline’s rows', () => {
  it('separate days', () => {
    const rows = timelineRows(
      [message(1, 'ada', '2026-11-19T12:00:00.000Z'), message(2, 'ada', '2026-11-21T12:00:00.000Z')],
      facts,
    )
    expect(kinds(rows)).toEqual(['day', 'message', 'day', 'message'])
  })

  it('group what one person writes within five minutes, and tell the time once', () => {
    const rows = timelineRows(
      [
        message(1, 'ada', '2026-11-21T12:00:00.000Z'),
        message(2, 'ada', '2026-11-21T12:01:00.000Z'),
        message(3, 'me', '2026-11-21T12:02:00.000Z'),
        message(4, 'me', '2026-11-21T12:08:00.000Z'),
      ],
      facts,
    ).filter(row => row.kind === 'message')
    expect(rows.map(({ first }) => first)).toEqual([true, false, true, true])
    expect(rows.map(({ telling }) => telling)).toEqual([false, true, true, true])
  })

  it('mark where reading stopped', () => {
    const rows = timelineRows(
      [message(1, 'ada', '2026-11-21T12:00:00.000Z'), message(2, 'ada', '2026-11-21T12:01:00.000Z')],
      { ...facts, unreadFrom: 2 },
    )
    expect(kinds(rows)).toEqual(['day', 'message', 'unread', 'message'])
  })
})
