import type { PlantedFault } from './fault.ts'

/** Of inboxes and of people. */
export const peopleFaults: readonly PlantedFault[] = [
  [
    'forgets messages that wait in an ended session',
    '[D17]',
    ({ inbox, rows }) => ({
      inbox: async (userId, range) =>
        (await inbox(userId, range)).filter(
          ({ sessionId }) => rows.sessions.get(sessionId)?.status !== 'ended',
        ),
    }),
  ],
  ['knows no newcomers', '[D18]', () => ({ newParts: () => Promise.resolve([]) })],
  ['thinks all are new', '[D18]', s => ({ newParts: ids => s.newParts(ids, 1e9) })],
  [
    'counts what staff may not know',
    '[S13]',
    s => ({ countSessionsOf: ({ userId }) => s.countSessionsOf({ userId, knownTo: null }) }),
  ],
  [
    'counts nothing that was sent',
    'the figures of a person',
    s => ({ userStats: async id => ({ ...(await s.userStats(id)), sentMessages: 0 }) }),
  ],
  [
    'shows all people',
    '[U1]',
    s => ({ people: (_, filter, page, contacts) => s.people({ kind: 'all' }, filter, page, contacts) }),
  ],
  [
    'filters no people',
    '[U1]',
    s => ({ people: (sight, _, page, contacts) => s.people(sight, {}, page, contacts) }),
  ],
  ['shows contacts', '[U2]', s => ({ peopleById: (ids, sight) => s.peopleById(ids, sight, true) })],
  [
    'remembers what was said on the last connection',
    '[U3]',
    ({ changeLeases, rows }) => ({
      async changeLeases(changes) {
        const said = [...rows.people.values()].map(({ id, chosenPresence }) => [id, chosenPresence] as const)
        const result = await changeLeases(changes)
        for (const [id, chosen] of said) {
          const person = rows.people.get(id)
          if (person) person.chosenPresence = chosen
        }
        return result
      },
    }),
  ],
  [
    'takes each connection for the first',
    '[U4]',
    s => ({
      changeLeases: async changes => ({
        ...(await s.changeLeases(changes)),
        came: changes.opened.map(({ userId }) => userId),
      }),
    }),
  ],
  [
    'never knows when somebody was there',
    '[U5]',
    s => ({ presence: async ids => (await s.presence(ids)).map(one => ({ ...one, lastSeen: null })) }),
  ],
  [
    'has one page of participants',
    'who takes part',
    s => ({
      participants: (id, { limit }, contacts) => s.participants(id, { limit, skip: 0 }, contacts),
    }),
  ],
]
