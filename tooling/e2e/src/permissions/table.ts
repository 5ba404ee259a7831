import type { OperationName } from '@parley/contracts'
import { ask } from '../support/http.ts'
import type { TestServer } from '../support/server.ts'
import type { Input } from './doors.ts'
import { ANY, all, inSession, type Row, STAFF } from './row.ts'
import { befriend, type CallerName, type Kind, newPerson, type Scene } from './scene.ts'
import { DESK, FRIENDS } from './table-accounts.ts'

const ofParty = ({ people }: Scene) => ({ userId: people.party.userId })
/** A key names for whom it acts. */
const asParty = (field: string) => (scene: Scene, caller: CallerName) =>
  caller === 'key' ? { [field]: scene.people.party.userId } : {}
/** Staff who are in no part of it know a support session. */
const known = { support: [...STAFF], private: [], group: [] } as const

const about = (kind: Kind, row: Omit<Row, 'kinds'>): Row => ({ ...row, kinds: [kind] })
const each = (make: (kind: Kind) => Omit<Row, 'kinds'>): Row[] =>
  (['support', 'private', 'group'] as const).map(kind => about(kind, make(kind)))

const reading = (operation: OperationName): Row[] =>
  each(kind => ({
    operation,
    input: inSession,
    ok: ['party', 'peer', 'key', ...known[kind]],
    otherwise: 'not_found',
  }))

const SESSIONS: Row[] = [
  ...reading('session.get'),
  ...reading('message.list'),
  ...reading('session.participants'),
  ...each(kind => ({
    operation: 'session.join',
    input: inSession,
    ok: ['party', 'peer', ...known[kind]],
    refused: { key: 'forbidden' },
    otherwise: 'not_found',
  })),
  ...each(kind => ({
    operation: 'message.send',
    input: (scene, caller) => ({ ...inSession(scene), text: 'x', ...asParty('senderId')(scene, caller) }),
    ok: ['party', 'peer', 'system', 'key'],
    refused: all(known[kind], 'forbidden'),
    otherwise: 'not_found',
  })),
  {
    operation: 'message.send',
    about: 'to a person',
    kinds: ['private'],
    input: (scene, caller) => ({
      receiverId: scene.people.peer.userId,
      text: 'x',
      ...asParty('senderId')(scene, caller),
    }),
    ok: ['party', ...STAFF, 'key'],
    refused: { peer: 'validation_failed', system: '*' },
    otherwise: 'not_friends',
  },
  ...each(kind => ({
    operation: 'typing.set',
    input: scene => ({ ...inSession(scene), isTyping: true }),
    ok: ['party', 'peer'],
    refused: { key: 'forbidden', ...all(known[kind], 'forbidden') },
    otherwise: 'not_found',
  })),
  about('support', {
    operation: 'session.end',
    input: inSession,
    ok: ['party', 'peer', 'admin', 'key'],
    refused: all(['operator', 'nurse'], 'forbidden'),
    otherwise: 'not_found',
  }),
  ...(['private', 'group'] as const).map(kind =>
    about(kind, {
      operation: 'session.end',
      input: inSession,
      ok: [],
      refused: all(['party', 'peer', 'key'], 'conflict'),
      otherwise: 'not_found',
    }),
  ),
]

const ofMessage = ({ messageId }: Scene) => ({ messageId })

const MESSAGES: Row[] = [
  ...each(kind => ({
    operation: 'message.read',
    input: (scene, caller) => ({ ...ofMessage(scene), ...asParty('userId')(scene, caller) }),
    ok: ['party', 'peer', 'key'],
    refused: all(known[kind], 'forbidden'),
    otherwise: 'not_found',
  })),
  ...each(kind => ({
    operation: 'message.react',
    input: (scene, caller) => ({ ...ofMessage(scene), emoji: '👍', ...asParty('userId')(scene, caller) }),
    ok: ['party', 'peer', 'key'],
    refused: all(known[kind], 'forbidden'),
    otherwise: 'not_found',
  })),
  ...each(kind => ({
    operation: 'message.forward',
    input: (scene, caller) => ({
      ...ofMessage(scene),
      sessionIds: [scene.sessionId],
      ...asParty('userId')(scene, caller),
    }),
    ok: ['party', 'peer', 'key'],
    refused: all(known[kind], 'forbidden'),
    otherwise: 'not_found',
  })),
  ...each(kind => ({
    operation: 'message.recall',
    input: ofMessage,
    ok: ['party'],
    refused: { peer: 'forbidden', key: 'forbidden', ...all(known[kind], 'forbidden') },
    otherwise: 'not_found',
  })),
  ...each(kind => ({
    operation: 'message.delete',
    input: ({ peersMessageId }) => ({ messageId: peersMessageId }),
    ok: ['peer', 'admin', 'key'],
    refused: {
      party: 'forbidden',
      ...all(
        known[kind].filter(name => name !== 'admin'),
        'forbidden',
      ),
    },
    otherwise: 'not_found',
  })),
]

const ofOther = { userId: undefined as string | undefined }
const self = (
  operation: OperationName,
  more: readonly CallerName[],
  input: (scene: Scene) => Input,
): Row => ({
  operation,
  kinds: ANY,
  about: 'of another person',
  input: scene => ({ ...ofOther, ...input(scene) }),
  ok: ['party', ...more],
  otherwise: 'identity_mismatch',
})

const OF_A_PERSON: Row[] = [
  self('session.of-user', [...STAFF, 'key'], ofParty),
  self('stats.user', [...STAFF, 'key'], ofParty),
  self('message.search', [...STAFF, 'key'], scene => ({ ...ofParty(scene), keyword: 'Hello' })),
  self('message.unread', ['key'], ofParty),
  {
    operation: 'user.get',
    kinds: ANY,
    input: ofParty,
    ok: ['party', 'peer', 'friend', ...STAFF, 'key'],
    otherwise: 'not_found',
  },
]

const GROUPS: Row[] = [
  about('group', {
    operation: 'session.update',
    input: scene => ({ ...inSession(scene), name: 'Another name' }),
    ok: ['peer', 'key'],
    refused: { party: 'forbidden' },
    otherwise: 'not_found',
  }),
  about('group', {
    operation: 'session.add-participants',
    input: async (scene, _, server) => ({
      ...inSession(scene),
      userIds: [(await newFriendOf(server, scene)).userId],
    }),
    ok: ['peer', 'key'],
    refused: { party: 'forbidden' },
    otherwise: 'not_found',
  }),
  about('group', {
    operation: 'session.remove-participant',
    input: async (scene, _, server) => {
      const { userId } = await newPerson(server)
      await ask(
        server,
        `POST /api/chat/sessions/${scene.sessionId}/participants`,
        { key: true },
        { userIds: [userId] },
      )
      return { ...inSession(scene), userId }
    },
    ok: ['peer', 'key'],
    refused: { party: 'forbidden' },
    otherwise: 'not_found',
  }),
  {
    operation: 'session.group',
    kinds: ANY,
    input: async (scene, caller, server) => ({
      name: 'New',
      participantIds: [await friendFor(server, scene, caller)],
    }),
    ok: ['user', 'friend', 'removed', 'party', 'peer', ...STAFF, 'key'],
    otherwise: 'forbidden',
  },
  about('private', {
    operation: 'session.private',
    input: ({ people }) => ({ userId1: people.party.userId, userId2: people.peer.userId }),
    ok: ['party', 'peer', ...STAFF, 'key'],
    otherwise: 'forbidden',
  }),
]

async function newFriendOf(server: TestServer, { people }: Scene) {
  const person = await newPerson(server)
  await befriend(server, person, people.peer)
  return person
}

async function friendFor(server: TestServer, { people }: Scene, caller: CallerName): Promise<string> {
  const person = await newPerson(server)
  if (caller !== 'anyone' && caller !== 'key') await befriend(server, person, people[caller])
  return person.userId
}

export const TABLE: readonly Row[] = [
  ...SESSIONS,
  ...MESSAGES,
  ...OF_A_PERSON,
  ...GROUPS,
  ...FRIENDS,
  ...DESK,
]
