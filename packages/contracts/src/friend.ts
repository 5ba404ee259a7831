import { z } from 'zod'
import { user } from './account.ts'
import { defineEvent, defineOperation } from './define.ts'
import { displayName, emptiable, id, optional, text, time } from './primitives.ts'

/** A friend as its friend sees it: with its own word for it, if it has one. */
export const friend = user.extend({ friendId: id, remark: z.string().nullable(), friendSince: time })
export type Friend = z.output<typeof friend>

export const friendRequest = z.object({
  id,
  /** Who asked. */
  userId: id,
  /** Who was asked. */
  friendId: id,
  /** The other one, as the reader sees it: in what came to me who asked, in what I sent whom I asked. */
  user,
  message: z.string().nullable(),
  /** `accepted`: the other side had asked already, both are friends now. */
  status: z.enum(['pending', 'accepted']),
  createdAt: time,
})
export type FriendRequest = z.output<typeof friendRequest>

/** The most friends that `friend.list` answers with. */
export const FRIENDS_MAX = 5000

const withFriend = z.object({ friendId: id })
const done = z.object({ friendId: id })

export const friendAsk = defineOperation({
  name: 'friend.request',
  kind: 'command',
  summary:
    'Asks somebody, by id or phone number, to be friends. Twice is one request; if the other side has asked already, both are friends at once.',
  who: ['user'],
  input: z
    .object({ userId: optional(id), phone: optional(text(40)), message: optional(text(200)) })
    .refine(value => (value.userId === undefined) !== (value.phone === undefined), {
      message: 'is required, or a phone',
      path: ['userId'],
    }),
  output: friendRequest,
  errors: ['not_found', 'conflict'],
})

export const friendAccept = defineOperation({
  name: 'friend.accept',
  kind: 'command',
  summary: 'Accepts the request of the one who asked.',
  who: ['user'],
  input: withFriend,
  output: friend,
  errors: ['not_found', 'conflict'],
})

export const friendReject = defineOperation({
  name: 'friend.reject',
  kind: 'command',
  summary: 'Turns down the request of the one who asked. It is not told.',
  who: ['user'],
  input: withFriend,
  output: done,
  errors: ['not_found'],
})

export const friendWithdraw = defineOperation({
  name: 'friend.withdraw',
  kind: 'command',
  summary: 'Takes back the caller’s own request.',
  who: ['user'],
  input: withFriend,
  output: done,
  errors: ['not_found'],
})

export const friendRemove = defineOperation({
  name: 'friend.remove',
  kind: 'command',
  summary: 'Ends a friendship, for both. What they wrote stays readable.',
  who: ['user'],
  input: withFriend,
  output: done,
  errors: ['not_found'],
})

export const friendRemark = defineOperation({
  name: 'friend.remark',
  kind: 'command',
  summary: 'The caller’s own word for a friend, seen by nobody else; `""` takes it away.',
  who: ['user'],
  input: z.object({ friendId: id, remark: emptiable(displayName) }),
  output: friend,
  errors: ['not_found'],
})

export const friendBlock = defineOperation({
  name: 'friend.block',
  kind: 'command',
  summary: 'The blocked one can neither write to the caller nor ask it, and is not told.',
  who: ['user'],
  input: z.object({ userId: id }),
  output: z.object({ userId: id }),
  errors: ['not_found'],
})

export const friendUnblock = defineOperation({
  name: 'friend.unblock',
  kind: 'command',
  summary: 'Lets somebody write and ask again.',
  who: ['user'],
  input: z.object({ userId: id }),
  output: z.object({ userId: id }),
  errors: [],
})

const query = <const N extends string, O extends z.ZodType>(name: N, summary: string, output: O) =>
  defineOperation({ name, kind: 'query', summary, who: ['user'], input: z.object({}), output, errors: [] })

export const friendRequests = query(
  'friend.requests',
  'Requests to the caller that wait for an answer, newest first; at most 200.',
  z.array(friendRequest),
)
export const friendSent = query(
  'friend.sent',
  'The caller’s own requests that wait for an answer, newest first; at most 200.',
  z.array(friendRequest),
)
export const friendList = query('friend.list', 'The caller’s friends, by name.', z.array(friend))
export const friendBlocked = query('friend.blocked', 'Whom the caller has blocked.', z.array(user))

export const friendFind = defineOperation({
  name: 'friend.find',
  kind: 'query',
  summary: 'People with exactly this phone number whom the caller could ask.',
  who: ['user'],
  input: z.object({ phone: text(40, 1) }),
  output: z.array(user),
  errors: [],
})

export const friendRequested = defineEvent({
  name: 'friend.requested',
  summary: 'Somebody asks to be friends. To the one who is asked.',
  counted: false,
  data: z.object({ request: friendRequest }),
})

export const friendAdded = defineEvent({
  name: 'friend.added',
  summary: 'Two are friends now. To each of them, with the other.',
  counted: false,
  data: z.object({ friend }),
})

export const friendRemoved = defineEvent({
  name: 'friend.removed',
  summary: 'A friendship has ended. To both.',
  counted: false,
  data: z.object({ userId: id, friendId: id }),
})
