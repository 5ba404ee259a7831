import { describe, expect, test } from 'vitest'
import { at, stored } from '../../../test/entities.ts'
import { type TimelineRow, timelineRows } from './timeline-rows.ts'

const ALL = { hasOlder: false, unreadFrom: null }
const DAY_MINUTES = 24 * 60
const kinds = (rows: readonly TimelineRow[]) => rows.map(row => (row.kind === 'message' ? row.key : row.kind))
const messagesOf = (rows: readonly TimelineRow[]) => rows.filter(row => row.kind === 'message')

test('begins with its start and a day', () => {
  expect(kinds(timelineRows([stored(1), stored(2)], ALL))).toEqual(['start', 'day', 'k1', 'k2'])
})

test('days are separated', () => {
  const rows = timelineRows([stored(1), stored(2, { createdAt: at(DAY_MINUTES) })], ALL)
  expect(kinds(rows)).toEqual(['start', 'day', 'k1', 'day', 'k2'])
})

test('a line stands before the first message that was unread', () => {
  const rows = timelineRows([stored(1), stored(2), stored(3)], { ...ALL, unreadFrom: 2 })
  expect(kinds(rows)).toEqual(['start', 'day', 'k1', 'unread', 'k2', 'k3'])
})

describe('messages of one person', () => {
  const flags = (rows: readonly TimelineRow[]) =>
    messagesOf(rows).map(row => `${row.first ? 'first' : 'next'}${row.telling ? ' tells' : ''}`)

  test('stand together, and the last says when', () => {
    expect(flags(timelineRows([stored(1), stored(2), stored(3)], ALL))).toEqual([
      'first',
      'next',
      'next tells',
    ])
  })

  test('do not when another speaks, or time goes by, or a day begins', () => {
    const rows = timelineRows(
      [
        stored(1),
        stored(2, { senderId: 'ada' }),
        stored(3),
        stored(30),
        stored(31, { createdAt: at(DAY_MINUTES) }),
      ],
      ALL,
    )
    expect(flags(rows)).toEqual(Array(5).fill('first tells'))
  })

  test('tell how far each has come where that differs', () => {
    const mine = { mine: true, senderId: 'ada', senderType: 'operator' } as const
    const rows = timelineRows(
      [
        stored(1, { ...mine, state: 'read' }),
        stored(2, { ...mine, state: 'read' }),
        stored(3, { ...mine, state: 'sent' }),
      ],
      ALL,
    )
    expect(flags(rows)).toEqual(['first', 'next tells', 'next tells'])
  })
})

describe('loading older messages', () => {
  const newer = [stored(51), stored(52)]
  const before = timelineRows(newer, { hasOlder: true, unreadFrom: 52 })

  test('takes away nothing that stood above a message, so that nothing moves', () => {
    for (const older of [[stored(49), stored(50)], [stored(50, { createdAt: at(-3 * DAY_MINUTES) })]]) {
      const after = timelineRows([...older, ...newer], { hasOlder: true, unreadFrom: 52 })
      expect(after.slice(-before.length).map(row => row.key)).toEqual(before.map(row => row.key))
    }
  })

  test('shows the day of the oldest only when what was before it is known', () => {
    expect(kinds(before)).toEqual(['k51', 'unread', 'k52'])
    const after = timelineRows([stored(50, { createdAt: at(-3 * DAY_MINUTES) }), ...newer], ALL)
    expect(kinds(after)).toEqual(['start', 'day', 'k50', 'day', 'k51', 'k52'])
  })

  test('keeps keys apart', () => {
    const rows = timelineRows(
      [stored(1), stored(2, { createdAt: at(DAY_MINUTES) }), stored(3, { createdAt: at(2 * DAY_MINUTES) })],
      { hasOlder: false, unreadFrom: 2 },
    )
    expect(new Set(rows.map(row => row.key)).size).toBe(rows.length)
  })
})
