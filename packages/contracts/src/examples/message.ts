import { MESSAGE_LENGTH_CEILING } from '../message.ts'
import { badIds, badOptionalIds, badPages, inSession } from './bad-values.ts'
import type { ExamplesOf } from './define.ts'
import { friendId, ids, message, pagination, userId } from './entities.ts'

const text = { message: 'Where is my order #4711?' }
const sessionId = ids.session

export const messageExamples: ExamplesOf<`message.${'send' | 'list' | 'read'}` | 'typing.set'> = {
  'message.send': {
    valid: [
      { sessionId, ...text, clientMessageId: 'c-1' },
      { sessionId, ...text, senderId: userId, senderType: 'user', fileUrl: '', fileSize: 0 },
      { receiverId: friendId, ...text, sessionId: '' },
      { sessionId, messageType: 'image', fileUrl: '/files/a.png', fileName: 'a.png', fileSize: 512 },
    ],
    invalid: [
      ...badIds('sessionId', text),
      ...badOptionalIds('receiverId', { sessionId, ...text }),
      { payload: { sessionId, message: 7 }, at: 'message' },
      { payload: { sessionId, message: { text: 'Hi' } }, at: 'message' },
      { payload: { sessionId, message: 'a\u0000b' }, at: 'message' },
      { payload: { sessionId, message: '\ud800' }, at: 'message' },
      { payload: { sessionId, message: 'x'.repeat(MESSAGE_LENGTH_CEILING * 2 + 1) }, at: 'message' },
      { payload: { sessionId, ...text, messageType: 'video' }, at: 'messageType' },
      { payload: { sessionId, ...text, senderType: 'admin' }, at: 'senderType' },
      { payload: { sessionId, ...text, clientMessageId: '' }, at: 'clientMessageId' },
      { payload: { sessionId, ...text, clientMessageId: 'x'.repeat(65) }, at: 'clientMessageId' },
      { payload: { sessionId, ...text, fileSize: -1 }, at: 'fileSize' },
      { payload: { sessionId, ...text, fileUrl: 'x'.repeat(2049) }, at: 'fileUrl' },
    ],
    output: message,
  },
  'message.list': {
    valid: [
      { sessionId, limit: 50 },
      { sessionId, beforeSeq: 40 },
      { sessionId, afterSeq: 0 },
    ],
    invalid: [
      ...badIds('sessionId'),
      ...inSession(badPages),
      { payload: { sessionId, beforeSeq: -1 }, at: 'beforeSeq' },
      { payload: { sessionId, afterSeq: 'x' }, at: 'afterSeq' },
    ],
    output: { items: [message], pagination: { ...pagination, limit: 50 } },
  },
  'message.read': {
    valid: [{ messageId: ids.message }],
    invalid: [...badIds('messageId'), { payload: { messageId: ids.message, userId: 7 }, at: 'userId' }],
    output: {
      ...message,
      status: 'read',
      readBy: [{ userId: ids.operator, at: message.updatedAt }],
      readByCount: 1,
    },
  },
  'typing.set': {
    valid: [{ sessionId }],
    invalid: badIds('sessionId'),
    output: { sessionId },
  },
}
