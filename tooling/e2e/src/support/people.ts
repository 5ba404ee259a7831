import type { WireOperator, WireSession } from '@parley/contracts'
import { ask } from './http.ts'
import type { TestServer } from './server.ts'

export interface Identity {
  readonly token: string
  readonly userId: string
}

export async function newVisitor(server: TestServer, name?: string): Promise<Identity> {
  const { body } = await ask<Identity>(server, 'POST /api/auth/token', {}, { name })
  return body.data
}

/** A user whom the integrator's server vouches for. */
export async function newUser(server: TestServer, userId: string): Promise<Identity> {
  const { body } = await ask<Identity>(server, 'POST /api/auth/token', { key: true }, { userId })
  return body.data
}

/** An operator who signs in by the integrator's server; online with its first connection. */
export async function newAgent(server: TestServer, userId: string, maxUsers = 2): Promise<Identity> {
  const asked = { userId, userType: 'agent', name: userId }
  const { body } = await ask<Identity>(server, 'POST /api/auth/token', { key: true }, asked)
  await ask(server, `PATCH /api/operators/${userId}`, { key: true }, { maxUsers })
  return body.data
}

export interface StaffMember {
  readonly id: string
  readonly username: string
  readonly password: string
}

/** An operator who signs in to the console. */
export async function newStaff(server: TestServer, name: string, maxUsers = 2): Promise<StaffMember> {
  const signIn = { username: name.toLowerCase(), password: `the password of ${name}` }
  const asked = { name, maxUsers, ...signIn }
  const { body } = await ask<WireOperator>(server, 'POST /api/operators', { key: true }, asked)
  return { id: body.data.id, ...signIn }
}

export async function adminToken(server: TestServer): Promise<Identity> {
  const signIn = { username: 'admin', password: await server.adminPassword() }
  const { body } = await ask<{ token: string; user: { id: string } }>(
    server,
    'POST /api/auth/login',
    {},
    signIn,
  )
  return { token: body.data.token, userId: body.data.user.id }
}

export async function startSession(server: TestServer, visitor: Identity): Promise<WireSession> {
  return (await ask<WireSession>(server, 'POST /api/chat/start-session', visitor, {})).body.data
}

export const end = (server: TestServer, sessionId: string, by: Identity | { readonly key: true }) =>
  ask<WireSession>(server, `POST /api/chat/end-session/${sessionId}`, by, { reason: 'solved' })

/** It takes no more sessions, whatever its connections do: the next test begins with nobody there. */
export const retire = (server: TestServer, operatorId: string) =>
  ask<WireOperator>(server, `PATCH /api/operators/${operatorId}`, { key: true }, { isActive: false })
