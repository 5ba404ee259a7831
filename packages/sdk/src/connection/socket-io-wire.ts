import {
  fromNewMessage,
  fromWireMessage,
  fromWireOperator,
  fromWireSession,
  fromWireType,
  type NewMessage,
  type WireMessage,
  type WireOperator,
  type WireSenderType,
  type WireSession,
} from '@parley/contracts/spelling'
import type { Output } from '../contract-types.ts'
import type { LinkEvent, LinkOperation } from './link.ts'

/** Socket.IO's own spelling (§6, §7), without the contracts' Zod; a test compares it with their bindings. */
type Call = { readonly event: string; readonly payload: unknown }

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
  readonly operator: WireOperator
  readonly userType: WireSenderType
}

type Reader = (name: LinkEvent['name'], payload: Payload) => unknown

const asItIs: Reader = (name, payload) => ({ ...payload, name })
const withSession: Reader = (name, payload) => ({
  ...payload,
  name,
  session: fromWireSession(payload.session),
})
const withType: Reader = (name, payload) => ({ ...payload, name, userType: fromWireType(payload.userType) })

const EVENTS: Readonly<Record<string, readonly [LinkEvent['name'], Reader]>> = {
  new_message: [
    'message.created',
    (name, payload) => {
      const { sessionId, change } = payload
      return { name, sessionId, change, message: fromNewMessage(payload as unknown as NewMessage) }
    },
  ],
  message_recalled: ['message.recalled', (name, { id, ...rest }) => ({ ...rest, name, messageId: id })],
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
  'session:listed': ['session.listed', withSession],
  'session:unlisted': ['session.unlisted', asItIs],
  'operator:changed': [
    'operator.changed',
    (name, { operator }) => ({ name, operator: fromWireOperator(operator) }),
  ],
}

/** `null`: an event that is of no use here, or not known yet. */
export function readEvent(event: string, payload: unknown): LinkEvent | null {
  const known = EVENTS[event]
  return known ? (known[1](known[0], payload as Payload) as LinkEvent) : null
}
