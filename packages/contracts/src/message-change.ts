import { z } from 'zod'
import { defineEvent, defineOperation } from './define.ts'
import { message } from './message.ts'
import { change, clientMessageId, id, optional, seq } from './primitives.ts'

const PICTOGRAM = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u
/** UTF-16 units: the longest families and flags of Unicode have fewer. */
const EMOJI_MAX = 40
const characters = new Intl.Segmenter()
const isOneCharacter = (value: string) => [...characters.segment(value)].length === 1

/** The same emoji from every keyboard: with the selector where it would be shown as text without. */
function canonical(emoji: string): string {
  const bare = emoji.replace(/\ufe0f$/, '')
  if ([...bare].length > 1) return emoji
  return /\p{Emoji_Presentation}/u.test(bare) ? bare : `${bare}\ufe0f`
}

/** One emoji, as a keyboard gives it. */
export const emoji = z
  .string()
  .min(1)
  .max(EMOJI_MAX)
  .refine(
    value => PICTOGRAM.test(value) && isOneCharacter(value) && !/[\s\p{L}\p{Surrogate}<>&"']/u.test(value),
    'must be an emoji',
  )
  .transform(canonical)

/** Different emojis on one message, at most. */
export const REACTIONS_MAX = 20
/** Sessions that one call may forward to. */
export const FORWARD_MAX = 20

export const messageRecall = defineOperation({
  name: 'message.recall',
  kind: 'command',
  summary:
    'Takes a message back, for everyone and everywhere, within the site’s time for it (2 minutes). A tombstone keeps its `seq`.',
  who: ['party'],
  input: z.object({ messageId: id }),
  output: message,
  errors: ['not_found', 'recall_window_passed'],
})

export const messageDelete = defineOperation({
  name: 'message.delete',
  kind: 'command',
  summary: 'Deletes a message for everyone, at any time. A tombstone keeps its `seq`.',
  who: ['self', 'admin', 'key'],
  input: z.object({ messageId: id, userId: optional(id) }),
  output: message,
  errors: ['not_found', 'identity_mismatch'],
})

export const messageReact = defineOperation({
  name: 'message.react',
  kind: 'command',
  summary: 'Adds the caller’s reaction to a message, or takes it back if it is there.',
  who: ['party', 'key'],
  input: z.object({ messageId: id, emoji, userId: optional(id) }),
  output: message,
  errors: ['not_found', 'identity_mismatch', 'conflict'],
})

export const messageForward = defineOperation({
  name: 'message.forward',
  kind: 'command',
  summary:
    'Sends a message on into other sessions of the caller. `clientMessageIds`, one for each session, make a repeat harmless.',
  who: ['party', 'key'],
  input: z
    .object({
      messageId: id,
      sessionIds: z.array(id).min(1).max(FORWARD_MAX),
      clientMessageIds: optional(z.array(clientMessageId).max(FORWARD_MAX)),
      userId: optional(id),
    })
    .refine(value => new Set(value.sessionIds).size === value.sessionIds.length, {
      message: 'must not name a session twice',
      path: ['sessionIds'],
    })
    .refine(
      value =>
        value.clientMessageIds === undefined || value.clientMessageIds.length === value.sessionIds.length,
      { message: 'must have one for each session', path: ['clientMessageIds'] },
    ),
  output: z.array(message),
  errors: ['not_found', 'not_friends', 'session_ended', 'identity_mismatch', 'conflict'],
})

const ofMessage = { sessionId: id, change, messageId: id, seq }

export const messageRecalled = defineEvent({
  name: 'message.recalled',
  summary: 'A message was taken back or deleted: a tombstone keeps its place.',
  counted: true,
  data: z.object({ ...ofMessage, byId: id.nullable() }),
})

export const messageReacted = defineEvent({
  name: 'message.reacted',
  summary: 'Somebody has reacted to a message, or taken a reaction back. `reactions` are all there are now.',
  counted: true,
  data: z.object({
    ...ofMessage,
    userId: id,
    emoji: z.string(),
    added: z.boolean(),
    reactions: message.shape.reactions,
  }),
})
