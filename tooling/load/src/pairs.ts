// Sessions of two for a load run. In Parley each is a visitor and an operator of its own; in the relay a name.
import type { Member, Pair } from './figures.ts'
import { API_KEY } from './servers.ts'

interface Token {
  readonly token: string
  readonly userId: string
}

const asKey = { 'x-api-key': API_KEY }

async function ask<Data>(
  url: string,
  method: string,
  path: string,
  body?: object,
  headers: object = asKey,
): Promise<Data> {
  const response = await fetch(url + path, {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as { success: boolean; data: Data }
  if (!answer.success) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer.data
}

async function newOperator(url: string, n: number): Promise<Member> {
  const userId = `op-${n}`
  const body = { userId, userType: 'agent', name: `Operator ${n}` }
  const { token } = await ask<Token>(url, 'POST', '/api/auth/token', body)
  await ask(url, 'PATCH', `/api/operators/${userId}`, { maxUsers: 1 })
  await ask(url, 'PUT', `/api/operators/${userId}/status`, { status: 'online' })
  return { userId, senderType: 'agent', token }
}

async function newPair(url: string, n: number, agents: ReadonlyMap<string, Member>): Promise<Pair> {
  const { token, userId } = await ask<Token>(url, 'POST', '/api/auth/token', { name: `Visitor ${n}` }, {})
  const body = { userId, userName: `Visitor ${n}` }
  const session = await ask<{ sessionId: string; operatorId: string }>(
    url,
    'POST',
    '/api/chat/sessions',
    body,
  )
  const agent = agents.get(session.operatorId)
  if (!agent) throw new Error(`session ${session.sessionId} has no operator`)
  return { sessionId: session.sessionId, members: [{ userId, senderType: 'user', token }, agent] }
}

export async function parleyPairs(url: string, count: number): Promise<Pair[]> {
  const agents = new Map<string, Member>()
  for (let n = 1; n <= count; n++) agents.set(`op-${n}`, await newOperator(url, n))
  const pairs: Pair[] = []
  for (let n = 1; n <= count; n++) pairs.push(await newPair(url, n, agents))
  return pairs
}

export const relayPairs = (count: number): Pair[] =>
  Array.from({ length: count }, (_, n) => ({
    sessionId: `s-${n}`,
    members: [
      { userId: `v-${n}`, senderType: 'user', token: '' },
      { userId: `o-${n}`, senderType: 'agent', token: '' },
    ],
  }))
