import { z } from 'zod'
import { friendRemoved } from '../friend.ts'
import { messageReadEvent, messageStatusEvent } from '../message.ts'
import { messageReacted } from '../message-change.ts'
import { change, id, pagination, seq } from '../primitives.ts'
import { unread } from '../private.ts'
import type { EventData, Happening } from '../registry.ts'
import { identified, sessionList } from '../session.ts'
import { typingChanged } from '../typing.ts'
import { presenceChanged } from '../user.ts'
import { call, tells } from './define.ts'
import {
  wireFriend,
  wireFriendRequest,
  wireMessage,
  wireOperator,
  wireSession,
  wireType,
  wireUser,
} from './entities.ts'
import {
  toWireFriend,
  toWireFriendRequest,
  toWireMessage,
  toWireOperator,
  toWireSession,
  toWireType,
  toWireUser,
} from './spelling.ts'

const documented = true

const content = { content: 'text', messageType: 'type' }
const typing = { operation: 'typing.set', says: 'userId', documented } as const
const users = z.array(wireUser)

/** §6, client → server. Those of the calls that both families share come first. */
export const CHAT_CALLS = [
  call({
    event: 'session:sync',
    operation: 'session.sync',
    syncs: true,
    acknowledge: output => ({
      sessions: Object.fromEntries(
        Object.entries(output.sessions).map(([sessionId, synced]) => [
          sessionId,
          { ...synced, session: toWireSession(synced.session), messages: synced.messages.map(toWireMessage) },
        ]),
      ),
      unknown: output.unknown,
      others: output.others.map(toWireSession),
      more: output.more,
    }),
    documented,
  }),
  call({
    event: 'session:watch',
    operation: 'session.watch',
    syncs: true,
    acknowledge: output => ({ ...output, sessions: output.sessions.map(toWireSession) }),
    documented,
  }),
  call({
    event: 'session:unwatch',
    operation: 'session.unwatch',
    acknowledge: output => output,
    documented: false,
  }),
  call({
    event: 'inbox:open',
    operation: 'inbox.open',
    syncs: true,
    acknowledge: output => output,
    documented: false,
  }),
  call({
    event: 'user:join',
    operation: 'user.join',
    joins: 'chat',
    says: 'id',
    acknowledge: user => ({ user: toWireUser(user) }),
    reply: {
      event: 'user:joined',
      payload: user => ({ user: toWireUser(user) }),
      schema: z.object({ user: wireUser }),
    },
    documented,
  }),
  call({
    event: 'message:send',
    operation: 'message.send',
    says: 'senderId',
    fields: content,
    values: { senderType: { agent: 'operator' } },
    acknowledge: message => ({ message: toWireMessage(message) }),
    documented,
  }),
  call({
    event: 'message:read',
    operation: 'message.read',
    says: 'userId',
    acknowledge: message => ({ message: toWireMessage(message) }),
    documented,
  }),
  call({
    event: 'message:recall',
    operation: 'message.recall',
    acknowledge: message => ({ message: toWireMessage(message) }),
    documented,
  }),
  call({
    event: 'message:react',
    operation: 'message.react',
    says: 'userId',
    acknowledge: message => ({ message: toWireMessage(message) }),
    documented: false,
  }),
  call({
    event: 'chat:history',
    operation: 'message.list',
    acknowledge: page => ({ data: page.items.map(toWireMessage), pagination: page.pagination }),
    reply: {
      event: 'chat:history',
      payload: page => ({
        success: true,
        data: page.items.map(toWireMessage),
        pagination: page.pagination,
      }),
      schema: z.object({ success: z.literal(true), data: z.array(wireMessage), pagination }),
    },
    documented,
  }),
  call({
    event: 'unread:count',
    operation: 'message.unread',
    says: 'userId',
    scalar: 'userId',
    acknowledge: data => ({ data }),
    reply: {
      event: 'unread:count',
      payload: data => ({ success: true, data }),
      schema: z.object({ success: z.literal(true), data: unread }),
    },
    documented,
  }),
  call({
    event: 'users:online',
    operation: 'user.online',
    acknowledge: people => ({ users: people.map(toWireUser) }),
    bareAcknowledgement: people => people.map(toWireUser),
    reply: {
      event: 'users:online',
      payload: people => people.map(toWireUser),
      schema: users,
      unlessAcknowledged: true,
    },
    documented,
  }),
  call({
    event: 'user:status:update',
    operation: 'user.set-status',
    scalar: 'status',
    acknowledge: output => output,
    documented,
  }),
  call({
    event: 'typing:start',
    fixed: { isTyping: true },
    acknowledge: output => output,
    ...typing,
  }),
  call({
    event: 'typing:stop',
    fixed: { isTyping: false },
    acknowledge: output => output,
    ...typing,
  }),
]

const typingPayload = (e: EventData<'typing.changed'>) => ({ ...e, userType: toWireType(e.userType) })
const wireTyping = typingChanged.data.extend({ userType: wireType })
const recalled = z.object({ messageId: id, sessionId: id, seq, change, byId: id.nullable() })

/** What every connection that asks for more than one session hears by the same name: in §6, on `/ws`, and synced. */
const COMMON_EVENTS = [
  tells({
    event: 'session:opened',
    of: 'session.opened',
    payload: e => ({ session: toWireSession(e.session) }),
    schema: z.object({ session: wireSession }),
  }),
  tells({ event: 'message:reaction', of: 'message.reacted', payload: e => e, schema: messageReacted.data }),
  tells({ event: 'message:status', of: 'message.status', payload: e => e, schema: messageStatusEvent.data }),
  tells({ event: 'user:status', of: 'presence.changed', payload: e => e, schema: presenceChanged.data }),
  tells({
    event: 'friend:request',
    of: 'friend.requested',
    payload: e => ({ request: toWireFriendRequest(e.request) }),
    schema: z.object({ request: wireFriendRequest }),
  }),
  tells({
    event: 'friend:added',
    of: 'friend.added',
    payload: e => ({ friend: toWireFriend(e.friend) }),
    schema: z.object({ friend: wireFriend }),
  }),
  tells({ event: 'friend:removed', of: 'friend.removed', payload: e => e, schema: friendRemoved.data }),
]

/** The same names in §6 and on `/ws`. */
export const SHARED_EVENTS = [
  ...COMMON_EVENTS,
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
    event: 'session:changed',
    of: 'session.updated',
    payload: e => ({ sessionId: e.sessionId, change: e.change, session: toWireSession(e.session) }),
    schema: z.object({ sessionId: id, change, session: wireSession }),
  }),
  tells({
    event: 'typing:start',
    of: 'typing.changed',
    hears: e => e.isTyping,
    payload: typingPayload,
    schema: wireTyping,
  }),
  tells({
    event: 'typing:stop',
    of: 'typing.changed',
    hears: e => !e.isTyping,
    payload: typingPayload,
    schema: wireTyping,
  }),
]

/** §6, server → client. */
export const CHAT_EVENTS = [
  tells({
    event: 'message:sent',
    of: 'message.created',
    hears: (e, userId) => e.message.senderId === userId,
    payload: e => ({ message: toWireMessage(e.message), change: e.change }),
    schema: z.object({ message: wireMessage, change }),
  }),
  tells({
    event: 'message:receive',
    of: 'message.created',
    hears: (e, userId) => e.message.senderId !== userId,
    payload: e => ({ message: toWireMessage(e.message), change: e.change }),
    schema: z.object({ message: wireMessage, change }),
  }),
  tells({ event: 'message:recalled', of: 'message.recalled', payload: e => e, schema: recalled }),
  tells({ event: 'message:read', of: 'message.read', payload: e => e, schema: messageReadEvent.data }),
  ...SHARED_EVENTS,
]

/** Events that a connection hears once it has used `session:sync` or `session:watch`, whatever its family. */
export const SYNCED_EVENTS = [
  ...COMMON_EVENTS,
  tells({ event: 'message:read', of: 'message.read', payload: e => e, schema: messageReadEvent.data }),
  tells({ event: 'message:recalled', of: 'message.recalled', payload: e => e, schema: recalled }),
  tells({
    event: 'session:listed',
    of: 'session.listed',
    payload: e => ({ list: e.list, session: toWireSession(e.session) }),
    schema: z.object({ list: sessionList, session: wireSession }),
  }),
  tells({
    event: 'session:unlisted',
    of: 'session.unlisted',
    payload: e => e,
    schema: z.object({ list: sessionList, sessionId: id }),
  }),
  tells({
    event: 'operator:changed',
    of: 'operator.changed',
    payload: e => ({ operator: toWireOperator(e.operator) }),
    schema: z.object({ operator: wireOperator }),
  }),
]

/** For a counted change that a connection's family has no event for, so that its numbers have no hole. */
export const SESSION_CHANGED = {
  event: 'session:changed',
  payload: (happening: Happening) =>
    'session' in happening.data && 'change' in happening.data
      ? {
          sessionId: happening.data.session.id,
          change: happening.data.change,
          session: toWireSession(happening.data.session),
        }
      : undefined,
  schema: z.object({ sessionId: id, change, session: wireSession }),
} as const
