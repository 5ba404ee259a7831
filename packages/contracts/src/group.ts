import { z } from 'zod'
import { user } from './account.ts'
import { defineEvent, defineOperation } from './define.ts'
import { change, displayName, id, optional, pageInput, pageOf, time } from './primitives.ts'
import { session } from './session.ts'

/** People in a group, at most. */
export const GROUP_MAX = 1000

const people = z.array(id).min(1).max(GROUP_MAX)

export const sessionGroup = defineOperation({
  name: 'session.group',
  kind: 'command',
  summary:
    'Makes a group. A person who makes one owns it and takes part; with an API key `ownerId` says who, else the first participant does.',
  who: ['user', 'key'],
  input: z.object({
    name: displayName,
    participantIds: people,
    ownerId: optional(id),
    showsHistory: optional(z.boolean()),
  }),
  output: session,
  errors: ['not_found', 'not_friends', 'identity_mismatch'],
})

export const sessionUpdate = defineOperation({
  name: 'session.update',
  kind: 'command',
  summary: 'Renames a group, or says whether who joins later sees what was before. Its owner’s alone.',
  who: ['party', 'key'],
  input: z.object({
    sessionId: id,
    name: optional(displayName),
    showsHistory: optional(z.boolean()),
    /** Hands the group on to another participant. */
    ownerId: optional(id),
  }),
  output: session,
  errors: ['not_found', 'conflict'],
})

export const sessionAdd = defineOperation({
  name: 'session.add-participants',
  kind: 'command',
  summary: 'Adds people to a group. They see from now on, or everything where the group shows its history.',
  who: ['party', 'key'],
  input: z.object({ sessionId: id, userIds: people }),
  output: session,
  errors: ['not_found', 'not_friends', 'conflict'],
})

export const sessionRemove = defineOperation({
  name: 'session.remove-participant',
  kind: 'command',
  summary:
    'Takes a person out of a group; anyone may take itself out. Who was removed knows the session no more.',
  who: ['party', 'key'],
  input: z.object({ sessionId: id, userId: id }),
  output: z.object({ sessionId: id, userId: id }),
  errors: ['not_found', 'conflict'],
})

export const participant = z.object({
  user,
  role: z.enum(['visitor', 'operator', 'owner', 'member']),
  joinedAt: time,
})
export type Participant = z.output<typeof participant>

export const sessionParticipants = defineOperation({
  name: 'session.participants',
  kind: 'query',
  summary: 'Who takes part in a session, in the order of joining.',
  who: ['party', 'staff', 'key'],
  input: z.object({ sessionId: id, ...pageInput(50) }),
  output: pageOf(participant),
  errors: ['not_found'],
})

export const sessionUpdated = defineEvent({
  name: 'session.updated',
  summary: 'A group has another name, owner or rule about its history.',
  counted: true,
  data: z.object({ sessionId: id, change, session }),
})
