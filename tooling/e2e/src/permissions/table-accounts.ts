import type { OperationName } from '@parley/contracts'
import { ask } from '../support/http.ts'
import type { TestServer } from '../support/server.ts'
import { ANY, all, inSession, type Row, STAFF } from './row.ts'
import { befriend, type CallerName, newPerson, type Scene } from './scene.ts'

const ACCOUNTS = ['user', 'friend', 'removed', 'party', 'peer', ...STAFF] as const

/** What everyone with an account may, and nobody else. */
const own = (
  operation: OperationName,
  input: Row['input'] = () => ({}),
  refused: Row['refused'] = {},
): Row => ({
  operation,
  kinds: ANY,
  input,
  ok: ACCOUNTS.filter(name => refused[name] === undefined),
  refused,
  otherwise: 'forbidden',
})
const newOne = async (_: Scene, __: CallerName, server: TestServer) => ({
  userId: (await newPerson(server)).userId,
})

export const FRIENDS: Row[] = [
  own('friend.list'),
  own('friend.requests'),
  own('friend.sent'),
  own('friend.blocked'),
  own('friend.find', () => ({ phone: '+8613800138000' })),
  own('friend.request', newOne),
  own('friend.block', newOne),
  own('friend.unblock', newOne),
  own('user.public', newOne),
  own('user.search', () => ({ keyword: 'nobody' })),
  {
    operation: 'friend.accept',
    kinds: ANY,
    input: async (scene, _, server) => {
      const asker = await newPerson(server)
      await ask(server, 'POST /api/friend/request', asker, { userId: scene.people.party.userId })
      return { friendId: asker.userId }
    },
    ok: ['party'],
    refused: all(['visitor', 'system', 'key'], 'forbidden'),
    otherwise: 'not_found',
  },
  ...(['friend.remove', 'friend.remark'] as const).map(operation => ({
    operation,
    kinds: ANY,
    input: async (scene: Scene, _: CallerName, server: TestServer) => {
      const friend = await newPerson(server)
      await befriend(server, friend, scene.people.party)
      return { friendId: friend.userId, remark: 'x' }
    },
    ok: ['party'] as const,
    refused: all(['visitor', 'system', 'key'], 'forbidden'),
    otherwise: 'not_found',
  })),
]

const staffOnly = (operation: OperationName, input: Row['input'] = () => ({})): Row => ({
  operation,
  kinds: ['support'],
  input,
  // Who holds the session is an operator too.
  ok: ['peer', ...STAFF, 'key'],
  otherwise: 'forbidden',
})
const adminOnly = (operation: OperationName, input: Row['input'] = () => ({})): Row => ({
  operation,
  kinds: ANY,
  input,
  ok: ['admin', 'key'],
  otherwise: 'forbidden',
})
let names = 0
const newName = () => {
  names += 1
  return `new-${names}`
}

/** A key makes no keys, and no secrets. */
const notByKey = (operation: OperationName, input: Row['input'] = () => ({})): Row => ({
  ...adminOnly(operation, input),
  ok: ['admin'],
})

export const DESK: Row[] = [
  { ...adminOnly('site.get'), ok: [...STAFF, 'key'] },
  notByKey('api-key.list'),
  notByKey('api-key.create', () => ({ name: newName() })),
  notByKey('site.rotate-identity-secret'),
  staffOnly('session.active'),
  staffOnly('session.history'),
  staffOnly('stats.desk'),
  staffOnly('operator.list'),
  staffOnly('operator.online'),
  staffOnly('operator.available'),
  staffOnly('operator.assign', scene => ({ ...inSession(scene), operatorId: scene.people.peer.userId })),
  adminOnly('operator.create', () => ({ name: newName() })),
  adminOnly('operator.update', ({ people }) => ({ operatorId: people.operator.userId, maxUsers: 3 })),
  adminOnly('user.save', () => ({ id: newName() })),
  {
    operation: 'operator.set-status',
    kinds: ANY,
    input: ({ people }) => ({ operatorId: people.operator.userId, status: 'offline' }),
    ok: ['operator', 'admin', 'key'],
    otherwise: 'forbidden',
  },
]
