import { Failure } from '@parley/contracts'
import type { Caller, Person } from '@parley/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startRecheck } from './recheck.ts'

const person: Person = { kind: 'person', userId: 'u', role: 'user', name: null, loginId: 'l' }
const credentials = { bearer: 'token', apiKey: null, consoleCookie: null, open: false }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watched(
  answer: () => Promise<Caller>,
  admitted = { person, credentials: credentials as typeof credentials | null },
) {
  const end = vi.fn<() => void>()
  const identify = vi.fn(answer)
  const recheck = startRecheck(identify)
  const stop = recheck.watch(admitted, 'address', end)
  return { end, identify, stop, later: () => vi.advanceTimersByTimeAsync(61_000) }
}

describe('a connection lasts as long as its credential', () => {
  it.each<[string, () => Promise<Caller>, boolean]>([
    ['goes on while it counts', () => Promise.resolve(person), false],
    ['ends when it has expired', () => Promise.reject(new Failure('unauthorized')), true],
    ['ends when a cookie counts no more', () => Promise.resolve({ kind: 'anyone' }), true],
    ['ends when it is another’s now', () => Promise.resolve({ ...person, userId: 'other' }), true],
    ['goes on during an outage', () => Promise.reject(new Failure('unavailable')), false],
    ['goes on while it can’t be found out', () => Promise.reject(new Error('bug')), false],
  ])('%s', async (_, answer, ends) => {
    const { end, later } = watched(answer)
    expect(end).not.toHaveBeenCalled()
    await later()
    expect(end).toHaveBeenCalledTimes(ends ? 1 : 0)
  })

  it('is not asked about once it has ended, or where open mode took its word', async () => {
    const gone = watched(() => Promise.resolve(person))
    gone.stop()
    const open = watched(() => Promise.resolve(person), { person, credentials: null })
    await gone.later()
    expect(gone.identify).not.toHaveBeenCalled()
    expect(open.identify).not.toHaveBeenCalled()
  })
})
