import type { WireMessage, WireSession } from '@parley/contracts'
import { ask } from '../support/http.ts'
import { adminToken, type Identity, newAgent, newUser, newVisitor, startSession } from '../support/people.ts'
import type { TestServer } from '../support/server.ts'
import type { Credential } from './doors.ts'

/**
 * Those who call. `party` is who the session is about: the customer, one of the two, a member. `peer` takes part too: the
 * operator who holds the session, the other of the two, the owner of the group. `removed` took part once. `friend` is a
 * friend of `party` and takes no part; `user`, `visitor` and the staff have to do with none of them.
 */
export const CALLERS = [
  'anyone',
  'visitor',
  'user',
  'friend',
  'removed',
  'party',
  'peer',
  'operator',
  'nurse',
  'admin',
  'system',
  'key',
] as const
export type CallerName = (typeof CALLERS)[number]

export const KINDS = ['support', 'private', 'group'] as const
export type Kind = (typeof KINDS)[number]

export interface Scene {
  readonly kind: Kind
  readonly people: Readonly<Record<Exclude<CallerName, 'anyone' | 'key'>, Identity>>
  readonly sessionId: string
  /** Of `party`, and one of `peer`. */
  readonly messageId: string
  readonly peersMessageId: string
}

const KEY = { key: true } as const

let made = 0
const fresh = (name: string) => {
  made += 1
  return `${name}-${made}`
}

export const newPerson = (server: TestServer, name = 'person') => newUser(server, fresh(name))

export async function befriend(server: TestServer, one: Identity, other: Identity): Promise<void> {
  await ask(server, 'POST /api/friend/request', one, { userId: other.userId })
  await ask(server, 'POST /api/friend/request', other, { userId: one.userId })
}

async function staff(server: TestServer, role: 'nurse'): Promise<Identity> {
  const [id, password] = [fresh(role), 'a password of nobody']
  await ask(server, 'POST /api/users', KEY, { id, username: id, password, role })
  const { body } = await ask<{ token: string }>(
    server,
    'POST /api/auth/login',
    {},
    { username: id, password },
  )
  return { token: body.data.token, userId: id }
}

async function systemSender(server: TestServer): Promise<Identity> {
  const asked = { userId: fresh('bot'), userType: 'system' }
  return (await ask<Identity>(server, 'POST /api/auth/token', KEY, asked)).body.data
}

/** The people whom no scene changes. */
export async function newCast(server: TestServer) {
  return {
    visitor: await newVisitor(server),
    user: await newPerson(server, 'user'),
    operator: await newAgent(server, fresh('operator')),
    nurse: await staff(server, 'nurse'),
    admin: await adminToken(server),
    system: await systemSender(server),
  }
}
export type Cast = Awaited<ReturnType<typeof newCast>>

const say = async (server: TestServer, who: Identity, sessionId: string): Promise<string> =>
  (await ask<WireMessage>(server, 'POST /api/chat/messages', who, { sessionId, content: 'Hello' })).body.data
    .id

/** An operator who takes sessions, and then a session that it holds. */
async function supportSession(server: TestServer) {
  const [party, removed, peer] = [
    await newPerson(server, 'party'),
    await newPerson(server, 'removed'),
    await newAgent(server, fresh('peer'), 50),
  ]
  const session = await startSession(server, party)
  await ask(server, `PUT /api/operators/${peer.userId}/status`, KEY, { status: 'online' })
  await ask(server, 'POST /api/operators/assign', KEY, { sessionId: session.id, operatorId: peer.userId })
  await ask(server, `PUT /api/operators/${peer.userId}/status`, KEY, { status: 'busy' })
  return { party, peer, removed, sessionId: session.id }
}

async function privateSession(server: TestServer) {
  const [party, peer, removed] = [
    await newPerson(server, 'party'),
    await newPerson(server, 'peer'),
    await newPerson(server, 'removed'),
  ]
  await befriend(server, party, peer)
  const body = { userId1: party.userId, userId2: peer.userId }
  const made = await ask<WireSession>(server, 'POST /api/chat/sessions/private', party, body)
  return { party, peer, removed, sessionId: made.body.data.id }
}

async function groupSession(server: TestServer) {
  const [party, peer, removed] = [
    await newPerson(server, 'party'),
    await newPerson(server, 'peer'),
    await newPerson(server, 'removed'),
  ]
  const body = { sessionName: 'G', ownerId: peer.userId, participants: [party.userId, removed.userId] }
  const { id } = (await ask<WireSession>(server, 'POST /api/chat/sessions/group', KEY, body)).body.data
  await ask(server, `DELETE /api/chat/sessions/${id}/participants/${removed.userId}`, KEY)
  return { party, peer, removed, sessionId: id }
}

const MAKE = { support: supportSession, private: privateSession, group: groupSession }

export async function newScene(server: TestServer, cast: Cast, kind: Kind): Promise<Scene> {
  const { party, peer, removed, sessionId } = await MAKE[kind](server)
  const friend = await newPerson(server, 'friend')
  await befriend(server, party, friend)
  return {
    kind,
    people: { ...cast, party, peer, removed, friend },
    sessionId,
    messageId: await say(server, party, sessionId),
    peersMessageId: await say(server, peer, sessionId),
  }
}

export const credentialOf = ({ people }: Pick<Scene, 'people'>, caller: CallerName): Credential => {
  if (caller === 'anyone' || caller === 'key') return { kind: caller }
  return { kind: 'person', token: people[caller].token }
}
