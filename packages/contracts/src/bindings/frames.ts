import { z } from 'zod'
import { change, id, seq, time } from '../primitives.ts'
import { call, tells } from './define.ts'
import { wireMessage } from './entities.ts'
import { SHARED_EVENTS } from './socket-chat.ts'
import { toWireMessage } from './spelling.ts'

const documented = true

const RECALL_FAILURES = ['recall_window_passed', 'forbidden', 'not_found'] as const
const recallReason = z.enum(RECALL_FAILURES)

/** §8, client → server. The names of §6 are taken on `/ws` too. */
export const FRAME_CALLS = [
  call({
    event: 'text_message',
    operation: 'message.send',
    fields: { content: 'text', messageType: 'type' },
    acknowledge: message => ({ message: toWireMessage(message) }),
    echo: message => ({ messageId: message.id }),
    reply: {
      event: 'message_sent',
      payload: message => ({
        clientMessageId: message.clientMessageId,
        message: toWireMessage(message),
        change: message.change,
      }),
      schema: z.object({ clientMessageId: z.string().nullable(), message: wireMessage, change }),
    },
    documented,
  }),
  call({
    event: 'message_read',
    operation: 'session.read',
    acknowledge: output => output,
    documented,
  }),
  call({
    event: 'message_recall',
    operation: 'message.recall',
    acknowledge: message => ({ messageId: message.id }),
    reply: {
      event: 'recall_success',
      payload: message => ({ messageId: message.id }),
      schema: z.object({ messageId: id }),
    },
    failed: {
      event: 'recall_failed',
      payload: (code, input) => {
        const reason = RECALL_FAILURES.find(known => known === code)
        return reason ? { messageId: input['messageId'], reason } : null
      },
      schema: z.object({ messageId: id, reason: recallReason }),
    },
    documented,
  }),
]

/** §8, server → client. */
export const FRAME_EVENTS = [
  tells({
    event: 'message_sent',
    of: 'message.created',
    hears: (e, userId) => e.message.senderId === userId,
    payload: e => ({
      clientMessageId: e.message.clientMessageId,
      message: toWireMessage(e.message),
      change: e.change,
    }),
    schema: z.object({ clientMessageId: z.string().nullable(), message: wireMessage, change }),
  }),
  tells({
    event: 'new_message',
    of: 'message.created',
    hears: (e, userId) => e.message.senderId !== userId,
    payload: e => ({ message: toWireMessage(e.message), change: e.change }),
    schema: z.object({ message: wireMessage, change }),
  }),
  tells({
    event: 'message_recalled',
    of: 'message.recalled',
    payload: e => ({ messageId: e.messageId, sessionId: e.sessionId, seq: e.seq, change: e.change }),
    schema: z.object({ messageId: id, sessionId: id, seq, change }),
  }),
  tells({
    event: 'message_read',
    of: 'message.read',
    payload: e => ({ sessionId: e.sessionId, userId: e.userId, seq: e.seq, readAt: e.readAt }),
    schema: z.object({ sessionId: id, userId: id, seq, readAt: time }),
  }),
  ...SHARED_EVENTS,
]
