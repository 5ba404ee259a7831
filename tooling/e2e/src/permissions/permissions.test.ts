import { OPERATIONS } from '@parley/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HAS_DATABASE, useServer } from '../support/server.ts'
import { type Door, restDoor, socketDoor, trpcDoor, wsDoor } from './doors.ts'
import type { Row } from './row.ts'
import { CALLERS, type CallerName, type Cast, credentialOf, newCast, newScene, type Scene } from './scene.ts'
import { TABLE } from './table.ts'

/** Operations that are about the caller alone, or that anyone may call: nothing to be refused to one and allowed to another. */
const ABOUT_ONESELF: ReadonlySet<string> = new Set([
  'auth.token',
  'auth.identify',
  'auth.login',
  'auth.send-code',
  'auth.verify-code',
  'auth.refresh',
  'auth.logout',
  'auth.me',
  'auth.update-me',
  'auth.change-password',
  'console.sign-in',
  'console.sign-out',
  'user.profile',
  'user.update-profile',
  'user.set-nickname',
  'user.set-avatar',
  'user.join',
  'user.set-status',
  'user.list',
  'user.online',
  'inbox.open',
  'session.sync',
  'session.leave',
  'session.read',
  'message.history',
  'file.upload',
  'site.widget',
  'health.get',
  'root.get',
])
/** Rows of their own elsewhere: sessions.test.ts, operators.test.ts, identity.test.ts. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'session.start',
  'session.create',
  'session.watch',
  'session.unwatch',
  'site.update',
  'api-key.revoke',
  'friend.reject',
  'friend.withdraw',
])

const expectedFor = (row: Row, caller: CallerName): string => {
  if (row.ok.includes(caller)) return 'ok'
  if (caller === 'anyone') return 'unauthorized'
  return row.refused?.[caller] ?? row.otherwise
}

const titleOf = ({ operation, kinds, about }: Row) => `${operation} (${about ?? kinds.join(', ')})`

describe.skipIf(!HAS_DATABASE)('who may do what, over every door', () => {
  const at = useServer()
  let cast: Cast
  const closers: (() => void)[] = []
  beforeAll(async () => {
    cast = await newCast(at.server)
  })
  afterAll(() => {
    for (const close of closers.splice(0)) close()
  })

  async function doorsOf(scene: Scene, caller: CallerName): Promise<Door[]> {
    const { server } = at
    const who = credentialOf(scene, caller)
    const live = [await socketDoor(server, who), wsDoor(server, who)].filter(one => one !== null)
    closers.push(...live.map(({ close }) => close))
    return [restDoor(server, who), trpcDoor(server, who), ...live.map(({ door }) => door)]
  }

  /** What came of the operation in every way that this caller has, and what should have. */
  async function tried(
    row: Row,
    scene: Scene,
    caller: CallerName,
  ): Promise<[got: string, expected: string][]> {
    const wanted = expectedFor(row, caller)
    const results: [string, string][] = []
    for (const way of (await doorsOf(scene, caller)).flatMap(door => door.ways(row.operation))) {
      const outcome = await way.call(await row.input(scene, caller, at.server))
      if (outcome === null) continue
      const named = (what: string) => `${caller}, ${way.name}: ${what}`
      results.push([named(outcome), named(wanted === '*' ? outcome : wanted)])
    }
    return results
  }

  /** Those who may come last: what they do may leave nothing to refuse. */
  async function outcomes(row: Row, scene: Scene): Promise<[got: string, expected: string][]> {
    const callers = [...CALLERS].sort((a, b) => Number(row.ok.includes(a)) - Number(row.ok.includes(b)))
    const results: [string, string][] = []
    for (const caller of callers) results.push(...(await tried(row, scene, caller)))
    return results
  }

  it.concurrent.each(TABLE.map(row => [titleOf(row), row] as const))('%s', async (_, row) => {
    for (const kind of row.kinds) {
      const results = await outcomes(row, await newScene(at.server, cast, kind))
      expect(results.length).toBeGreaterThan(0)
      expect(results.map(([got]) => got)).toEqual(results.map(([, expected]) => expected))
    }
  })

  it('leaves no operation out', () => {
    const inTable = new Set<string>(TABLE.map(({ operation }) => operation))
    const missing = OPERATIONS.map(({ name }) => name).filter(
      name => !inTable.has(name) && !ABOUT_ONESELF.has(name) && !ELSEWHERE.has(name),
    )
    expect(missing).toEqual([])
  })
})
