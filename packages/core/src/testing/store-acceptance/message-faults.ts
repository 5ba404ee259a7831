import type { PlantedFault } from './fault.ts'

/** Of recalls and reactions. */
export const messageFaults: readonly PlantedFault[] = [
  ['recalls at any time', '[M23]', s => ({ recall: request => s.recall({ ...request, withinMs: null }) })],
  ['recalls for anyone', '[M23]', s => ({ recall: request => s.recall({ ...request, senderId: null }) })],
  ['audits no deletion', '[M24]', s => ({ recall: request => s.recall({ ...request, audit: null }) })],
  [
    'keeps what was recalled',
    '[M25]',
    ({ recall, rows }) => ({
      async recall(request) {
        const row = rows.messages.get(request.messageId)
        const text = row?.text ?? ''
        const result = await recall(request)
        if (row) row.text = text
        return result
      },
    }),
  ],
  [
    'recalls again and again',
    '[M25]',
    ({ recall, rows }) => ({
      recall(request) {
        const row = rows.messages.get(request.messageId)
        if (row) row.recalled = false
        return recall(request)
      },
    }),
  ],
  [
    'takes no reaction back',
    '[M26]',
    s => ({
      async react(request) {
        const result = await s.react(request)
        return result.kind === 'reacted' && !result.added ? s.react(request) : result
      },
    }),
  ],
  [
    'forgets a reaction that another comes with',
    '[M26]',
    ({ react, message, rows }) => ({
      async react(request) {
        const before = (await message(request.messageId))?.reactions
        const result = await react(request)
        const row = rows.messages.get(request.messageId)
        const own = row?.reactions[request.emoji]
        if (row && own && before) row.reactions = { ...before, [request.emoji]: own }
        return result
      },
    }),
  ],
  [
    'counts tombstones as unread',
    '[M29]',
    ({ unread, rows }) => ({
      async unread(userId) {
        const tombs = (id: string) => rows.sessions.get(id)?.messages.filter(one => one.recalled).length ?? 0
        return new Map([...(await unread(userId))].map(([id, count]) => [id, count + tombs(id)]))
      },
    }),
  ],
]
