import { describe, expect, it } from 'vitest'
import { openMemoryStore } from '../../../test/open-memory-store.ts'
import type { Fault, PlantedFault } from './fault.ts'
import { friendFaults } from './friend-faults.ts'
import { messageFaults } from './message-faults.ts'
import { peopleFaults } from './people-faults.ts'
import { searchFaults } from './search-faults.ts'
import { sessionFaults } from './session-faults.ts'
import { storeAcceptance } from './store-acceptance.ts'

const nothing = () => Promise.resolve()
const everything = 1000

/** A store that breaks one promise, and the rule or words of a case that must notice. */
const FAULTS: readonly PlantedFault[] = [
  ['forgets retries', '[M3]', s => ({ append: one => s.append({ ...one, clientMessageId: null }) })],
  ['lets strangers write', '[M9]', s => ({ append: one => s.append({ ...one, mustTakePart: false }) })],
  ['trims texts', '[M5]', s => ({ append: one => s.append({ ...one, text: one.text.trim() }) })],
  ['shows all messages', '[M18]', s => ({ messages: (id, range) => s.messages(id, range, 0) })],
  [
    'shows the oldest page first',
    '[M17]',
    s => ({
      messages: (id, range, after) =>
        s.messages(id, range.kind === 'page' ? { kind: 'after', seq: 0, limit: range.limit } : range, after),
    }),
  ],
  [
    'loses a change',
    '[S10]',
    s => ({
      changesSince: async (id, change, limit) =>
        (await s.changesSince(id, change, limit)).filter(one => one.change !== 2),
    }),
  ],
  [
    'shows changed messages that are not visible',
    '[M18]',
    s => ({ messagesChangedSince: (id, change, _, limit) => s.messagesChangedSince(id, change, 0, limit) }),
  ],
  ['marks over holes', '[M13]', s => ({ mark: marks => s.mark(marks.map(mark => ({ ...mark, from: 1 }))) })],
  [
    'tells no senders',
    '[M14]',
    s => ({ mark: async marks => (await s.mark(marks)).map(moved => ({ ...moved, senders: [] })) }),
  ],
  [
    'keeps who has left',
    '[I5]',
    s => ({
      part: async (id, userId) => {
        const part = await s.part(id, userId)
        return part && { ...part, left: false }
      },
    }),
  ],
  ['knows no reader', '[S13]', s => ({ sessions: ids => s.sessions(ids, null) })],
  [
    'gives sessions in its own order',
    'in the order asked for',
    s => ({ sessions: (ids, reader) => s.sessions(ids.toSorted(), reader) }),
  ],
  ['finds no open session', '[S2]', () => ({ openSessionOf: () => Promise.resolve(null) })],
  [
    'skips no sessions',
    'a person’s sessions',
    s => ({ sessionsOf: (id, limit) => s.sessionsOf(id, limit, 0) }),
  ],
  [
    'filters no open sessions',
    '[S12]',
    s => ({ openSessions: (_, page, limit, reader) => s.openSessions({}, page, limit, reader) }),
  ],
  [
    'filters no ended sessions',
    '[S12]',
    s => ({ endedSessions: (_, page, limit, reader) => s.endedSessions({}, page, limit, reader) }),
  ],
  ['gives whole lists', 'lists', s => ({ listed: (list, reader) => s.listed(list, reader, everything) })],
  ['turns the queue round', '[A4]', s => ({ queue: async limit => (await s.queue(limit)).toReversed() })],
  ['gives all waits', '[S14]', s => ({ recentWaits: () => s.recentWaits(everything) })],
  [
    'counts no messages',
    'the figures',
    s => ({ deskStats: async () => ({ ...(await s.deskStats()), totalMessages: 0 }) }),
  ],
  [
    'does not hear whom a start names',
    '[A12]',
    s => ({ turn: one => s.turn(one.kind === 'start' ? { ...one, operatorId: null } : one) }),
  ],
  [
    'hands sessions back as if the operator had gone',
    '[A10]',
    s => ({
      turn: one =>
        s.turn(one.kind === 'requeue' ? { kind: 'sweep', actor: one.actor, requestId: null } : one),
    }),
  ],
  [
    'forgets nobody',
    'a node is new',
    s => ({ heartbeat: async id => ({ ...(await s.heartbeat(id)), isNew: false }) }),
  ],
  [
    'knows every node',
    'a node is new',
    s => ({ changeLeases: async changes => ({ ...(await s.changeLeases(changes)), known: true }) }),
  ],
  ['reaps nobody', 'a node that dies', () => ({ reapNodes: () => Promise.resolve({ gone: [] }) })],
  ['lets nobody leave', 'a node that dies', () => ({ leave: nothing })],
  ['thinks all are connected', 'leases', () => ({ connected: ids => Promise.resolve(new Set(ids)) })],
  ['sees nobody', '[S16]', () => ({ seen: nothing })],
  [
    'begins no grace',
    '[O5]',
    s => ({ changeLeases: changes => s.changeLeases({ ...changes, graceMs: 1e9 }) }),
  ],
  ['locks no jobs', 'for one node at a time', s => ({ claimJobs: (id, limit) => s.claimJobs(id, limit, 0) })],
  ['finishes no jobs', 'a job is finished', () => ({ finishJob: nothing })],
  ['postpones no jobs', 'a job is finished', () => ({ postponeJob: nothing })],
  [
    'makes jobs due at once',
    'a job runs when it is due',
    s => ({ schedule: (kind, key) => s.schedule(kind, key, 0) }),
  ],
  ['knows nobody', '[O1]', () => ({ person: () => Promise.resolve(null) })],
  [
    'sorts operators',
    '[O1]',
    s => ({ operators: async () => (await s.operators()).sort((a, b) => (a.id < b.id ? -1 : 1)) }),
  ],
]

/** Of the cases that should notice it, those that do. */
async function failures(noticed: string, fault: Fault): Promise<string[]> {
  const cases = storeAcceptance.filter(({ name }) => name.includes(noticed))
  const failed = cases.map(one =>
    one.run(openMemoryStore(fault)).then(
      () => [],
      () => [one.name],
    ),
  )
  return (await Promise.all(failed)).flat()
}

describe('the acceptance suite', () => {
  it.each([...FAULTS, ...friendFaults, ...sessionFaults, ...messageFaults, ...peopleFaults, ...searchFaults])(
    'notices a store that %s',
    async (_, noticed, fault) => {
      expect(await failures(noticed, fault)).not.toEqual([])
    },
  )

  it('has a name of its own for each case', () => {
    expect(new Set(storeAcceptance.map(({ name }) => name)).size).toBe(storeAcceptance.length)
  })
})
