import {
  fromNewMessage,
  fromWireMessage,
  fromWireSession,
  fromWireType,
  type NewMessage,
  type WireMessage,
  type WireSenderType,
  type WireSession,
} from '@parley/contracts/spelling'
import type { Output } from '../contract-types.ts'
import type { LinkEvent, LinkOperation } from './link.ts'

/** Socket.IO's own spelling (§6, §7), without the contracts' Zod; a test compares it with their bindings. */
export type Call = { readonly event: string; readonly payload: unknown }

const typing = { true: 'typing_start', false: 'typing_stop' } as const

/** The event that stands for an operation. */
export function spellCall(operation: LinkOperation, input: object): Call {
  const fields = input as Readonly<Record<string, unknown>>
  switch (operation) {
    case 'message.send': {
      const { text, type, ...rest } = fields
      return { event: 'send_message', payload: { ...rest, message: text, messageType: type } }
    }
    case 'typing.set': {
      const { isTyping, ...payload } = fields
      return { event: typing[isTyping ? 'true' : 'false'], payload }
    }
    default:
      return { event: operation.replace('.', ':'), payload: input }
  }
}

interface Ack {
  readonly message: WireMessage
  readonly sessions: Readonly<
    Record<string, { readonly session: WireSession; readonly messages: WireMessage[] }>
  >
  readonly others: WireSession[]
}

/** What a good acknowledgement says, as the operation's output. */
export function readAck<N extends LinkOperation>(operation: N, ack: object): Output<N>
export function readAck(operation: LinkOperation, answer: object): unknown {
  const ack = answer as Ack
  switch (operation) {
    case 'message.send':
    case 'message.read':
      return fromWireMessage(ack.message)
    case 'session.watch':
      return { ...ack, sessions: (answer as { sessions: WireSession[] }).sessions.map(fromWireSession) }
    case 'session.sync':
      return {
        ...ack,
        others: ack.others.map(fromWireSession),
        sessions: Object.fromEntries(
          Object.entries(ack.sessions).map(([id, { session, messages, ...rest }]) => [
            id,
            { ...rest, session: fromWireSession(session), messages: messages.map(fromWireMessage) },
          ]),
        ),
      }
    default:
      return answer
  }
}

interface Payload {
  readonly sessionId: string
  readonly change: number
  readonly id: string
  readonly session: WireSession
  readonly userType: WireSenderType
}

type Reader = (name: LinkEvent['name'], payload: Payload) => unknown
/** Wire name → our name for it, and how its payload is read. */
export type Events = Readonly<Record<string, readonly [LinkEvent['name'], Reader]>>

export const asItIs: Reader = (name, payload) => ({ ...payload, name })
export const withSession: Reader = (name, payload) => ({
  ...payload,
  name,
  session: fromWireSession(payload.session),
})
export const withType: Reader = (name, payload) => ({
  ...payload,
  name,
  userType: fromWireType(payload.userType),
})

/** What a visitor's connection hears. */
export const VISITOR_EVENTS: Events = {
  new_message: [
    'message.created',
    (name, payload) => {
      const { sessionId, change } = payload
      return { name, sessionId, change, message: fromNewMessage(payload as unknown as NewMessage) }
    },
  ],
  message_recalled: ['message.recalled', (name, { id, ...rest }) => ({ messageId: id, ...rest, name })],
  'message:reaction': ['message.reacted', asItIs],
  session_assigned: ['session.assigned', withSession],
  session_waiting: ['session.waiting', asItIs],
  session_ended: ['session.ended', asItIs],
  'participants:changed': ['participants.changed', asItIs],
  'session:changed': ['session.changed', withSession],
  queue_position: ['queue.position', asItIs],
  user_joined: ['user.joined', withType],
  user_left: ['user.left', withType],
  user_typing: ['typing.changed', withType],
  'message:read': ['message.read', asItIs],
  'message:status': ['message.status', asItIs],
}

/** `null`: an event that is of no use here, or not known yet. */
export function readEvent(events: Events, event: string, payload: unknown): LinkEvent | null {
  const known = events[event]
  return known ? (known[1](known[0], payload as Payload) as LinkEvent) : null
}
