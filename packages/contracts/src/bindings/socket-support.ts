import { z } from 'zod'
import { change, id, seq, time } from '../primitives.ts'
import { identified, operatorCard, waitEstimate } from '../session.ts'
import { call, tells } from './define.ts'
import { newMessage, wireMessage, wireSession, wireType } from './entities.ts'
import { toNewMessage, toWireMessage, toWireSession, toWireType } from './spelling.ts'

const documented = true

/** §7, client → server. */
export const SUPPORT_CALLS = [
  call({
    event: 'join_session',
    operation: 'session.join',
    joins: 'support',
    says: 'userId',
    acknowledge: ({ session, messages }) => ({
      sessionId: session.id,
      session: toWireSession(session),
      messages: messages.map(toWireMessage),
    }),
    reply: {
      event: 'session_joined',
      payload: ({ session, messages }) => ({
        sessionId: session.id,
        session: toWireSession(session),
        messages: messages.map(toWireMessage),
      }),
      schema: z.object({ sessionId: id, session: wireSession, messages: z.array(wireMessage) }),
    },
    documented,
  }),
  call({
    event: 'leave_session',
    operation: 'session.leave',
    acknowledge: output => output,
    documented: false,
  }),
  call({
    event: 'send_message',
    operation: 'message.send',
    says: 'senderId',
    fields: { message: 'text', messageType: 'type' },
    values: { senderType: { agent: 'operator' } },
    acknowledge: message => ({ message: toWireMessage(message) }),
    documented,
  }),
  call({
    event: 'typing_start',
    operation: 'typing.set',
    fixed: { isTyping: true },
    acknowledge: output => output,
    documented,
  }),
  call({
    event: 'typing_stop',
    operation: 'typing.set',
    fixed: { isTyping: false },
    acknowledge: output => output,
    documented,
  }),
]

const present = z.object({ sessionId: id, userId: id, userType: wireType })

/** §7, server → client. Events that this family has no name for are `session:changed`, see socket-chat. */
export const SUPPORT_EVENTS = [
  tells({
    event: 'new_message',
    of: 'message.created',
    payload: e => toNewMessage(e.message, e.change),
    schema: newMessage,
  }),
  tells({
    event: 'message_recalled',
    of: 'message.recalled',
    payload: e => ({ id: e.messageId, sessionId: e.sessionId, seq: e.seq, change: e.change }),
    schema: z.object({ id, sessionId: id, seq, change }),
  }),
  tells({
    event: 'session_assigned',
    of: 'session.assigned',
    payload: e => ({
      sessionId: e.sessionId,
      operator: { ...e.operator, _id: e.operator.id },
      session: toWireSession(e.session),
      change: e.change,
    }),
    schema: z.object({
      sessionId: id,
      operator: operatorCard.extend({ _id: id }),
      session: wireSession,
      change,
    }),
  }),
  tells({
    event: 'session_waiting',
    of: 'session.waiting',
    payload: e => ({ sessionId: e.sessionId, position: e.position, change: e.change }),
    schema: z.object({ sessionId: id, position: z.int(), change }),
  }),
  tells({
    event: 'session_ended',
    of: 'session.ended',
    payload: e => ({
      sessionId: e.sessionId,
      endedBy: e.endedBy,
      reason: e.reason,
      endedAt: e.endedAt,
      change: e.change,
    }),
    schema: z.object({
      sessionId: id,
      endedBy: id.nullable(),
      reason: z.string().nullable(),
      endedAt: time,
      change,
    }),
  }),
  tells({
    event: 'participants:changed',
    of: 'participants.changed',
    payload: e => ({
      sessionId: e.sessionId,
      added: e.added,
      removed: e.removed,
      ...(e.identified && { identified: e.identified }),
      change: e.change,
    }),
    schema: z.object({
      sessionId: id,
      added: z.array(id),
      removed: z.array(id),
      identified: identified.optional(),
      change,
    }),
  }),
  tells({
    event: 'queue_position',
    of: 'queue.position',
    payload: e => e,
    schema: z.object({ sessionId: id, position: z.int(), estimate: waitEstimate.nullable() }),
  }),
  tells({
    event: 'user_joined',
    of: 'user.joined',
    payload: e => ({ ...e, userType: toWireType(e.userType) }),
    schema: present,
  }),
  tells({
    event: 'user_left',
    of: 'user.left',
    payload: e => ({ ...e, userType: toWireType(e.userType) }),
    schema: present,
  }),
  tells({
    event: 'user_typing',
    of: 'typing.changed',
    payload: e => ({ ...e, userType: toWireType(e.userType) }),
    schema: present.extend({ isTyping: z.boolean() }),
  }),
]
