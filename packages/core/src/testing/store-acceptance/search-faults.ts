import type { PlantedFault } from './fault.ts'

export const searchFaults: readonly PlantedFault[] = [
  [
    'finds whole words only',
    '[Q2]',
    s => ({
      searchMessages: async query => {
        const { items, total } = await s.searchMessages(query)
        const whole = ({ text }: { text: string }) => {
          const said = text.toLowerCase().split(/\s+/)
          return query.words.every(word => said.includes(word))
        }
        return { items: items.filter(whole), total }
      },
    }),
  ],
  [
    'finds what has one of the words',
    '[Q3]',
    s => ({ searchMessages: query => s.searchMessages({ ...query, words: query.words.slice(0, 1) }) }),
  ],
  [
    'searches all sessions',
    '[Q4]',
    s => ({ searchMessages: query => s.searchMessages({ ...query, sessionId: null }) }),
  ],
  [
    'tells staff everything',
    '[Q5]',
    s => ({ searchMessages: query => s.searchMessages({ ...query, knownTo: null }) }),
  ],
  [
    'finds what was recalled',
    '[Q6]',
    ({ searchMessages, recall, rows }) => ({
      searchMessages,
      async recall(request) {
        const { text = '' } = rows.messages.get(request.messageId) ?? {}
        const result = await recall(request)
        const row = rows.messages.get(request.messageId)
        if (row) Object.assign(row, { text, recalled: false })
        return result
      },
    }),
  ],
  [
    'goes on at the first page',
    '[Q7]',
    s => ({ searchMessages: query => s.searchMessages({ ...query, before: null }) }),
  ],
  [
    'goes on by time alone',
    '[Q7]',
    s => ({
      searchMessages: query =>
        s.searchMessages({ ...query, before: query.before && { ...query.before, sessionId: '', seq: 0 } }),
    }),
  ],
  [
    'counts one page',
    '[Q8]',
    s => ({
      searchMessages: async query => {
        const { items } = await s.searchMessages(query)
        return { items, total: items.length }
      },
    }),
  ],
]
