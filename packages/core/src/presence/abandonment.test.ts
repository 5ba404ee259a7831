import { describe, expect, it } from 'vitest'
import { nextLook } from './abandonment.ts'

const both = { waitingTimeoutMs: 600, idleTimeoutMs: 1800 }
const waiting = { status: 'waiting', connected: false, visitorGoneMs: 0, quietMs: 0 } as const
const active = { ...waiting, status: 'active' } as const

describe('when a session is looked at again', () => {
  it.each([
    ['a waiting one whose visitor is here', both, { ...waiting, connected: true }, 600],
    ['a waiting one whose visitor has been gone for a while', both, { ...waiting, visitorGoneMs: 250 }, 350],
    ['a waiting one that is abandoned', both, { ...waiting, visitorGoneMs: 600 }, 0],
    ['an active one, no later than it might be abandoned in the queue', both, active, 600],
    ['an active one that is nearly abandoned', both, { ...active, visitorGoneMs: 1700, quietMs: 1790 }, 100],
    ['an active one in which somebody wrote', both, { ...active, visitorGoneMs: 9999, quietMs: 1799 }, 1],
    [
      'one whose own timeout is off',
      { ...both, waitingTimeoutMs: 0 },
      { ...waiting, visitorGoneMs: 9999 },
      1800,
    ],
  ])('[S15][P5] %s', (_, timeouts, idle, expected) => {
    expect(nextLook(timeouts, idle)).toBe(expected)
  })

  it('[S15] never, when it has ended or both are off', () => {
    expect(nextLook(both, { ...waiting, status: 'ended' })).toBeNull()
    expect(nextLook({ waitingTimeoutMs: 0, idleTimeoutMs: 0 }, waiting)).toBeNull()
  })
})
