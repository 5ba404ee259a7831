import {
  fromWireFriend,
  fromWireFriendRequest,
  fromWireMessage,
  fromWireOperator,
  type WireFriend,
  type WireFriendRequest,
  type WireMessage,
  type WireOperator,
} from '@parley/contracts/spelling'
import type { LinkEvent } from './link.ts'
import {
  asItIs,
  type Call,
  type Events,
  spellCall,
  VISITOR_EVENTS,
  withSession,
  withType,
} from './socket-io-wire.ts'

interface Told {
  readonly sessionId: string
  readonly change: number
  readonly message: WireMessage
  readonly operator: WireOperator
  readonly friend: WireFriend
  readonly request: WireFriendRequest
}

type Entry = Events[string]

/** `{ message, change }`, as in §6 and §8. */
const created: Entry = [
  'message.created',
  (name, payload) => {
    const told = payload as unknown as Told
    const { sessionId } = told.message
    return { name, sessionId, change: told.change, message: fromWireMessage(told.message) }
  },
]

const aside = (name: LinkEvent['name'], read: (told: Told) => object): Entry => [
  name,
  (_, payload) => ({ name, ...read(payload as unknown as Told) }),
]

/** What staff and people who chat hear, by the names of any family. */
export const SOCKET_EVENTS: Events = {
  ...VISITOR_EVENTS,
  'message:sent': created,
  'message:receive': created,
  'message:recalled': ['message.recalled', asItIs],
  'typing:start': ['typing.changed', withType],
  'typing:stop': ['typing.changed', withType],
  'session:listed': ['session.listed', withSession],
  'session:unlisted': ['session.unlisted', asItIs],
  'session:opened': ['session.opened', withSession],
  'operator:changed': aside('operator.changed', ({ operator }) => ({ operator: fromWireOperator(operator) })),
  'user:status': ['presence.changed', asItIs],
  'friend:request': aside('friend.requested', ({ request }) => ({ request: fromWireFriendRequest(request) })),
  'friend:added': aside('friend.added', ({ friend }) => ({ friend: fromWireFriend(friend) })),
  'friend:removed': ['friend.removed', asItIs],
}

/** The same on `/ws` (§8), where two names stand for other shapes. */
export const FRAME_EVENTS: Events = {
  ...SOCKET_EVENTS,
  message_sent: created,
  new_message: created,
  message_read: ['message.read', asItIs],
}

/** The frame that stands for an operation: §6 for most of them. */
export function spellFrame(operation: Parameters<typeof spellCall>[0], input: object): Call {
  const fields = input as Readonly<Record<string, unknown>>
  if (operation === 'message.send') {
    const { text, type, ...rest } = fields
    return { event: 'message:send', payload: { ...rest, content: text, messageType: type } }
  }
  if (operation === 'typing.set') {
    const { isTyping, ...payload } = fields
    return { event: isTyping ? 'typing:start' : 'typing:stop', payload }
  }
  return spellSocketCall(operation, input)
}

export const spellSocketCall = (operation: Parameters<typeof spellCall>[0], input: object): Call =>
  operation === 'user.set-status'
    ? { event: 'user:status:update', payload: input }
    : spellCall(operation, input)
