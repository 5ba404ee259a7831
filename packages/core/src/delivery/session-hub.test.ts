import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { aSession, happened, wrote } from '../../test/happenings.ts'
import { RecordingConnection } from '../testing/sim/connection.ts'
import { SessionHub } from './session-hub.ts'

let behind = 0
let given: [string, number, number][] = []
let hub: SessionHub

const at = (after: number, takesPart = true) => ({ after, takesPart })

function join(id: string, userId: string, lastChange = 0): RecordingConnection {
  const connection = new RecordingConnection(id, userId)
  hub.admit(hub.listener(connection), at(lastChange, ['vera', 'olga'].includes(userId)))
  return connection
}

beforeEach(() => {
  behind = 0
  given = []
  hub = new SessionHub('s', {
    behind: () => behind++,
    given: ({ connection }, from, to) => given.push([connection.id, from, to]),
    dropped: () => undefined,
    removed: () => undefined,
  })
})

describe('a session on a node', () => {
  it('[D1][D2] gives the next change at once, keeps a later one, drops a repeat', () => {
    const vera = join('c1', 'vera')
    for (const change of [1, 3, 1, 4, 2, 2, 5]) hub.accept(wrote(change))
    expect(vera.changes('s')).toEqual([1, 2, 3, 4, 5])
  })

  it('[D2] says that it is behind when it hears of a change but not of all before it', () => {
    join('c1', 'vera')
    hub.accept(wrote(1))
    expect(behind).toBe(0)
    hub.accept(wrote(3))
    expect(behind).toBe(1)
    expect(hub.isBehind()).toBe(true)
  })

  it('[D3] says that it is behind when the store is further', () => {
    join('c1', 'vera')
    hub.stands(1)
    expect(behind).toBe(1)
  })

  it('[D2] takes the store’s word for numbers that have nothing to tell any more', () => {
    const vera = join('c1', 'vera')
    hub.accept(wrote(5))
    for (const change of [1, 4]) hub.acceptStored(wrote(change))
    expect(vera.changes('s')).toEqual([1, 4, 5])
  })

  it('[D2] stops waiting for a number that the store does not have', () => {
    const vera = join('c1', 'vera')
    hub.accept(wrote(9))
    hub.caughtUp(hub.heardOf())
    expect(hub.isBehind()).toBe(false)
    hub.accept(wrote(1))
    expect(vera.changes('s')).toEqual([1])
  })

  it('[D2] goes on waiting for what it heard of while the store was read', () => {
    join('c1', 'vera')
    hub.accept(wrote(3))
    const heardOf = hub.heardOf()
    hub.accept(wrote(5))
    hub.caughtUp(heardOf)
    expect(hub.isBehind()).toBe(true)
  })

  it('[D4] gives nothing that a listener’s answer has shown', () => {
    const vera = join('c1', 'vera')
    hub.accept(wrote(1))
    const late = join('c2', 'olga', 2)
    hub.accept(wrote(2))
    hub.accept(wrote(3))
    expect(vera.changes('s')).toEqual([1, 2, 3])
    expect(late.changes('s')).toEqual([3])
  })

  it('[D4] goes back for a listener whose answer is older than the one that it began with', () => {
    const early = new RecordingConnection('c1', 'vera')
    const listener = hub.listener(early)
    listener.held = []
    const late = join('c2', 'olga', 3)
    hub.accept(wrote(4))
    hub.admit(listener, at(1))
    hub.release(listener)
    expect(behind).toBe(1)
    for (const change of [2, 3, 4]) hub.acceptStored(wrote(change))
    hub.accept(wrote(5))
    expect(early.changes('s')).toEqual([2, 3, 4, 5])
    expect(late.changes('s')).toEqual([4, 5])
  })

  it('[D6] lets a removed person hear so, and then nothing more', () => {
    const vera = join('c1', 'vera')
    const olga = join('c2', 'olga')
    hub.accept(happened(1, { kind: 'participants', added: ['uma'], removed: ['vera'] }))
    hub.accept(wrote(2))
    expect(vera.changes('s')).toEqual([1])
    expect(olga.changes('s')).toEqual([1, 2])
  })

  it('[D8] builds an event once for all', () => {
    const connections = [join('c1', 'vera'), join('c2', 'olga')]
    const event = wrote(1)
    hub.accept(event)
    for (const connection of connections) expect(connection.got[0]).toBe(event)
  })

  it('[P8] says what was given to whom takes part', () => {
    join('c1', 'vera')
    join('c2', 'nora')
    hub.accept(wrote(1))
    expect(given).toEqual([['c1', 1, 1]])
  })

  it('[P8] and to whom comes to take part: all that it was given before', () => {
    join('c1', 'nora')
    hub.accept(wrote(1))
    hub.accept(wrote(2))
    const what = { kind: 'assigned', operatorId: 'nora', previousOperatorId: 'olga' } as const
    hub.accept(happened(3, what, aSession({ participants: ['vera', 'nora'] })))
    expect(given).toEqual([['c1', 1, 2]])
  })

  it('[P8] also when the snapshots don’t show that it had been away', () => {
    join('c1', 'olga')
    hub.accept(wrote(1))
    given = []
    hub.accept(happened(2, { kind: 'waiting', previousOperatorId: 'olga' }))
    hub.accept(happened(3, { kind: 'assigned', operatorId: 'olga', previousOperatorId: null }))
    expect(given).toEqual([['c1', 1, 1]])
  })

  it('[D1] any loss, repeat and order of events, healed by the store, is heard in order and whole', () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 })
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 0, max: 12 }), (changes, storeReadAfter) => {
        hub = new SessionHub('s', {
          behind: () => undefined,
          given: () => undefined,
          dropped: () => undefined,
          removed: () => undefined,
        })
        const vera = join('c1', 'vera')
        for (const change of changes.slice(0, storeReadAfter)) hub.accept(wrote(change))
        for (let change = 1; change <= 12; change++) hub.acceptStored(wrote(change))
        for (const change of changes.slice(storeReadAfter)) hub.accept(wrote(change))
        expect(vera.changes('s')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
      }),
    )
  })
})
