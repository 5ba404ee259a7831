import type { Message, Session } from '@parley/contracts'
import type { Actor } from '../../access/caller.ts'
import type { AskResult } from '../../ports/store/friend-store.ts'
import type { ReactResult, RecallRequest, RecallResult } from '../../ports/store/message-store.ts'
import type {
  GroupChange,
  GroupChanged,
  GroupRequest,
  GroupResult,
  PrivateRequest,
  PrivateResult,
} from '../../ports/store/session-store.ts'
import type { Store } from '../../ports/store.ts'
import { equal, Mismatch } from './check.ts'
import type { Scene } from './scene.ts'

/** Short words for what cases of friends, private sessions and groups do. */

export const by = (actor: Actor) => ({ actor, requestId: 'request' })
export const apiKey: Actor = { kind: 'key', id: 'key', actingFor: null }

export async function addUsers(scene: Scene, ...ids: string[]): Promise<void> {
  for (const id of ids) await scene.under.addPerson({ id, role: 'user' })
}

export const ask = (
  scene: Scene,
  fromId: string,
  toId: string,
  message: string | null = null,
  store = scene.store,
) => store.ask({ id: scene.newId('request'), fromId, toId, message })

export const asked = (results: readonly AskResult[]): string[] => results.map(({ kind }) => kind)

/** Friends, who have to be there. */
export async function befriend(scene: Scene, a: string, b: string): Promise<void> {
  await ask(scene, a, b)
  if (!(await scene.store.accept(a, b))) throw new Mismatch(`${a} and ${b}`, 'no friends', 'friends')
}

/** New users who are friends, and their private session's id. */
export async function friendsWithSession(scene: Scene, a: string, b: string): Promise<string> {
  await addUsers(scene, a, b)
  await befriend(scene, a, b)
  return opened(await openPrivate(scene, a, b))
}

export const openPrivate = (
  scene: Scene,
  a: string,
  b: string,
  more: Partial<PrivateRequest> = {},
  store: Store = scene.store,
): Promise<PrivateResult> =>
  store.openPrivate({
    ...{ id: scene.newId('private'), userIds: [a, b], bringsTogether: false },
    ...{ anyone: false, makesPeople: false, audit: null, ...more },
  })

export function opened(result: PrivateResult | GroupResult): string {
  if (result.kind !== 'opened') throw new Mismatch('the session', result, 'opened')
  return result.sessionId
}

export const refusal = (code: string) => ({ kind: 'refused', code })

export const openGroup = (
  scene: Scene,
  ownerId: string,
  userIds: readonly string[],
  more: Partial<GroupRequest> = {},
): Promise<GroupResult> =>
  scene.store.openGroup({
    ...{ id: scene.newId('group'), name: 'Group', ownerId, userIds, showsHistory: false },
    ...{ friendsOf: null, anyone: false, makesPeople: false, audit: null, ...more },
  })

/** Of new users, the first of whom owns it; its id. */
export async function group(scene: Scene, ...ids: [string, ...string[]]): Promise<string> {
  await addUsers(scene, ...ids)
  return opened(await openGroup(scene, ids[0], ids))
}

type What<K> = Omit<Extract<GroupChange['what'], { kind: K }>, 'kind'>

/** Changes of a group, each by somebody, or by an API key (null). */
export const change = (scene: Scene, sessionId: string, byId: string | null, store = scene.store) => {
  const decide = (what: GroupChange['what']) => store.changeGroup({ sessionId, byId, audit: null, what })
  return {
    add: (userIds: readonly string[], more: Partial<What<'add'>> = {}) =>
      decide({ kind: 'add', userIds, friendsOf: null, anyone: false, makesPeople: false, ...more }),
    remove: (userId: string) => decide({ kind: 'remove', userId }),
    update: (what: What<'update'>) => decide({ kind: 'update', ...what }),
  }
}

/** What one change was; it must be one. */
export async function changed(
  result: Promise<GroupChanged>,
): Promise<Extract<GroupChanged, { kind: 'changed' }>> {
  const found = await result
  if (found.kind !== 'changed') throw new Mismatch('the change', found, 'changed')
  return found
}

export const recall = (
  scene: Scene,
  { id, senderId }: Message,
  more: Partial<RecallRequest> = {},
  store: Store = scene.store,
): Promise<RecallResult> =>
  store.recall({ messageId: id, senderId, withinMs: 120_000, byId: senderId, audit: null, ...more })

export async function recalled(result: Promise<RecallResult>): Promise<Message> {
  const found = await result
  if (found.kind !== 'recalled') throw new Mismatch('the recall', found, 'recalled')
  return found.message
}

export async function reacted(
  result: Promise<ReactResult>,
): Promise<Extract<ReactResult, { kind: 'reacted' }>> {
  const found = await result
  if (found.kind !== 'reacted') throw new Mismatch('the reaction', found, 'reacted')
  return found
}

/** As many at once, every second one through the other node. */
export async function atOnce<T>(
  scene: Scene,
  tasks: readonly ((store: Store) => Promise<T>)[],
): Promise<T[]> {
  const other = await scene.under.another()
  return Promise.all(tasks.map((task, n) => task(n % 2 === 0 ? scene.store : other)))
}

export const sessionIdsOf = async (
  scene: Scene,
  userId: string,
  knownTo: string | null = null,
): Promise<string[]> => (await scene.store.sessionsOf({ userId, knownTo }, 1000, 0)).map(({ id }) => id)

/** Nobody is there twice, and a group with somebody in it has one owner (G9). */
export async function checkGroup(scene: Scene, sessionId: string): Promise<Session> {
  const session = await scene.session(sessionId)
  const { items } = await scene.store.participants(sessionId, { limit: 2000, skip: 0 }, false)
  equal(new Set(items.map(({ user }) => user.id)).size, items.length, 'the people, each once')
  const owners = items.filter(({ role }) => role === 'owner').map(({ user }) => user.id)
  equal(owners, items.length === 0 ? [] : [session.ownerId], '[G9] the owners')
  await scene.changes(sessionId)
  return session
}
