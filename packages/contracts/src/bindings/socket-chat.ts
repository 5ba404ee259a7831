import { z } from 'zod'
import { messageReadEvent, messageStatusEvent } from '../message.ts'
import { change, id } from '../primitives.ts'
import type { Happening } from '../registry.ts'
import { sessionList } from '../session.ts'
import { call, tells } from './define.ts'
import { wireOperator, wireSession } from './entities.ts'
import { toWireMessage, toWireOperator, toWireSession } from './spelling.ts'

const documented = true

/** §6, client → server: what both families share. The rest of the chat family comes with its own issue. */
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
    event: 'message:read',
    operation: 'message.read',
    says: 'userId',
    acknowledge: message => ({ message: toWireMessage(message) }),
    documented,
  }),
]

/** Events that a connection hears once it has used `session:sync` or `session:watch`, whatever its family. */
export const SYNCED_EVENTS = [
  tells({ event: 'message:read', of: 'message.read', payload: e => e, schema: messageReadEvent.data }),
  tells({ event: 'message:status', of: 'message.status', payload: e => e, schema: messageStatusEvent.data }),
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
