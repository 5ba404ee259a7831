import type { Bond } from '../../ports/store/session-store.ts'
import type { Fault, PlantedFault } from './fault.ts'

const setBond =
  (bond: Bond): Fault =>
  ({ unfriend, block, rows }) => {
    const keeping = async <T>(step: Promise<T>): Promise<T> => {
      const done = await step
      for (const session of rows.sessions.values()) if (session.bond !== null) session.bond = bond
      return done
    }
    return { unfriend: (a, b) => keeping(unfriend(a, b)), block: (a, b) => keeping(block(a, b)) }
  }

export const friendFaults: readonly PlantedFault[] = [
  [
    'asks who is not active',
    '[F1]',
    ({ ask, rows }) => ({
      ask(request) {
        for (const person of rows.people.values()) person.isActive = true
        return ask(request)
      },
    }),
  ],
  [
    'tells of a request each time',
    '[F2]',
    s => ({
      async ask(request) {
        const result = await s.ask(request)
        return result.kind === 'pending' ? { ...result, shown: result.request } : result
      },
    }),
  ],
  [
    'forgets that the other side has asked',
    '[F3]',
    s => ({
      async ask(request) {
        await s.withdraw(request.toId, request.fromId)
        return s.ask(request)
      },
    }),
  ],
  [
    'lets who asked accept',
    '[F4]',
    s => ({ accept: async (from, by) => (await s.accept(from, by)) ?? s.accept(by, from) }),
  ],
  [
    'lets who asked reject',
    '[F5]',
    s => ({ reject: async (from, by) => (await s.reject(from, by)) || s.withdraw(by, from) }),
  ],
  [
    'ends a friendship for one of the two',
    '[F6]',
    ({ rows }) => ({ unfriend: async (a, b) => rows.friends.get(a)?.delete(b) ?? false }),
  ],
  [
    'shows what a block should keep away',
    '[F7]',
    ({ ask, rows }) => ({
      async ask(request) {
        const result = await ask(request)
        for (const row of rows.asks.values()) row.hidden = false
        return result
      },
    }),
  ],
  [
    'has one remark for both',
    '[F9]',
    s => ({
      async remark(userId, friendId, remark) {
        await s.remark(friendId, userId, remark)
        return s.remark(userId, friendId, remark)
      },
    }),
  ],
  ['lets them write who are friends no more', '[F11]', setBond('friends')],
  ['takes a block for a lost friendship', '[F11]', setBond('none')],
  [
    'finds the one who looks',
    '[U6]',
    s => ({ findPeople: (by, _, limit) => s.findPeople(by, 'nobody', limit) }),
  ],
]
