import { operationExamples } from '@parley/contracts/examples'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Handler } from '../../src/operations/types.ts'
import { type Doors, openDoors } from '../support/doors.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
})
afterAll(() => doors.close())

describe('who calls', () => {
  const operators = () => `${doors.url}/api/operators`

  it.each([
    ['a wrong token', { authorization: 'Bearer nonsense' }, 401],
    ['another scheme', { authorization: 'Basic YTpi' }, 401],
    ['a wrong key', { 'x-api-key': 'nonsense' }, 401],
    ['a key', { 'x-api-key': 'key' }, 200],
    ['a visitor', { authorization: 'Bearer visitor' }, 403],
    ['staff', { authorization: 'Bearer operator' }, 200],
  ])('%s', async (_, headers, status) => {
    expect((await fetch(operators(), { headers: headers as Record<string, string> })).status).toBe(status)
  })

  it('answers what is open to anyone in spite of an old token, but not of a wrong key', async () => {
    const health = `${doors.url}/api/health`
    expect((await fetch(health, { headers: { authorization: 'Bearer old' } })).status).toBe(200)
    expect((await fetch(health, { headers: { 'x-api-key': 'wrong' } })).status).toBe(401)
  })

  it('takes open mode for a key, and asks for a sign-in where a person is needed', async () => {
    const open = await openDoors({ settings: { openTokens: true } })
    const statuses = await Promise.all(
      ['/api/operators', '/api/auth/me'].map(async path => (await fetch(open.url + path)).status),
    )
    await open.close()
    expect(statuses).toEqual([200, 401])
  })

  it('gives the console its cookie, and takes it from its own pages', async () => {
    const signIn = { 'console.sign-in': signInWith('operator') }
    const other = await openDoors({ handlers: signIn })
    const response = await fetch(`${other.url}/api/console/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'ada', password: 'secret' }),
    })
    const set = response.headers.get('set-cookie') ?? ''
    const cookie = set.split(';', 1)[0] ?? ''
    const own = { cookie, 'sec-fetch-site': 'same-origin' }
    const statuses = await Promise.all([
      fetch(`${other.url}/api/operators`, { headers: own }).then(r => r.status),
      fetch(`${other.url}/api/operators`, { headers: { cookie } }).then(r => r.status),
      fetch(`${other.url}/api/auth/logout`, { method: 'POST', headers: own }).then(r => r.status),
      fetch(`${other.url}/api/auth/logout`, { method: 'POST', headers: { ...own, 'x-parley': '1' } }).then(
        r => r.status,
      ),
    ])
    await other.close()
    expect(set).toMatch(/^parley-console=operator; Max-Age=60; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(statuses).toEqual([200, 401, 401, 200])
  })
})

const signInWith =
  (token: string): Handler<'console.sign-in'> =>
  context => {
    context.cookie?.set(token, 60)
    return Promise.resolve(operationExamples['console.sign-in'].output)
  }
