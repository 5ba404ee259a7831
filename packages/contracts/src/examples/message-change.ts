import { badIds, badOptionalIds } from './bad-values.ts'
import type { ExamplesOf } from './define.ts'
import { friendId, ids, privateMessage, tombstone, userId } from './entities.ts'

const messageId = ids.message
const sessionIds = [ids.session]

export const messageChangeExamples: ExamplesOf<`message.${'recall' | 'delete' | 'react' | 'forward'}`> = {
  'message.recall': { valid: [{ messageId }], invalid: badIds('messageId'), output: tombstone },
  'message.delete': {
    valid: [{ messageId }, { messageId, userId }],
    invalid: [...badIds('messageId'), ...badOptionalIds('userId', { messageId })],
    output: tombstone,
  },
  'message.react': {
    valid: [
      { messageId, emoji: '👍' },
      { messageId, emoji: '👩🏽‍⚕️', userId },
      { messageId, emoji: '🇨🇳' },
    ],
    invalid: [
      ...badIds('messageId', { emoji: '👍' }),
      ...[undefined, '', 'x', '👍 ', '<👍>', 7, '\ud83d', '👍👍', '👍'.repeat(41)].map(emoji => ({
        payload: { messageId, emoji },
        at: 'emoji',
      })),
    ],
    output: { ...privateMessage, change: 2, reactions: { '👍': [friendId] } },
  },
  'message.forward': {
    valid: [
      { messageId, sessionIds, clientMessageIds: ['c-3'] },
      { messageId, sessionIds, userId },
    ],
    invalid: [
      ...badIds('messageId', { sessionIds }),
      { payload: { messageId }, at: 'sessionIds' },
      { payload: { messageId, sessionIds: [] }, at: 'sessionIds' },
      { payload: { messageId, sessionIds: ids.session }, at: 'sessionIds' },
      { payload: { messageId, sessionIds: ['a/b'] }, at: 'sessionIds.0' },
      { payload: { messageId, sessionIds: [ids.session, ids.session] }, at: 'sessionIds' },
      {
        payload: { messageId, sessionIds: Array.from({ length: 21 }, (_, n) => `s${n}`) },
        at: 'sessionIds',
      },
      { payload: { messageId, sessionIds, clientMessageIds: ['c-3', 'c-4'] }, at: 'clientMessageIds' },
      { payload: { messageId, sessionIds, clientMessageIds: [''] }, at: 'clientMessageIds.0' },
    ],
    output: [{ ...privateMessage, forwardedFrom: messageId }],
  },
}
