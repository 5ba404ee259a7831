import type { TurnCommand, TurnOutcome } from '../assignment/turn.ts'
import type { ReactRequest, ReactResult, RecallRequest, RecallResult } from '../ports/store/message-store.ts'
import type { GroupChange, GroupChanged } from '../ports/store/session-store.ts'
import type { Store } from '../ports/store.ts'
import type { Announcer } from './announcer.ts'

/** The ways in which sessions change, told to everyone as soon as they are committed: no rule can forget it. */
export type AnnouncedWrites = Pick<
  Store,
  'append' | 'turn' | 'recall' | 'react' | 'openPrivate' | 'openGroup' | 'changeGroup'
>

export interface Hooks {
  /** Before a start is decided: its deadline is made first, so that no crash leaves a session without one. */
  starting(sessionId: string): Promise<void>
  /** The store stands at least here, though not by this write. */
  seen(sessionId: string, change: number): void
}

export function announcedWrites(store: Store, announcer: Announcer, hooks: Hooks): AnnouncedWrites {
  return {
    async append(request) {
      const result = await store.append(request)
      if (result.kind === 'stored') announcer.message(result.message)
      if (result.kind === 'duplicate') hooks.seen(request.sessionId, result.message.change)
      return result
    },
    async turn(command) {
      if (command.kind === 'start') await hooks.starting(command.sessionId)
      const outcome = await store.turn(command)
      if (outcome.kind === 'done') tellTurn(announcer, command, outcome)
      return outcome
    },
    async recall(request) {
      const result = await store.recall(request)
      if (result.kind === 'recalled') tellRecall(announcer, hooks, request, result)
      return result
    },
    async react(request) {
      const result = await store.react(request)
      if (result.kind === 'reacted') tellReaction(announcer, request, result)
      return result
    },
    async openPrivate(request) {
      const result = await store.openPrivate(request)
      if (result.kind === 'opened' && result.created) tellOpened(announcer, result.sessionId, request.userIds)
      return result
    },
    async openGroup(request) {
      const result = await store.openGroup(request)
      if (result.kind === 'opened')
        tellOpened(announcer, result.sessionId, [...new Set([request.ownerId, ...request.userIds])])
      return result
    },
    async changeGroup(request) {
      const result = await store.changeGroup(request)
      if (result.kind === 'changed') tellGroupChange(announcer, request, result)
      return result
    },
  }
}

type Done<T, K> = Extract<T, { kind: K }>

/** Who starts a session takes part in it, though that is no change. */
function tellTurn(announcer: Announcer, command: TurnCommand, outcome: Done<TurnOutcome, 'done'>): void {
  if (command.kind === 'start' && outcome.created) announcer.joined(command.sessionId, [command.userId])
  announcer.turn(outcome)
}

/** Recalled before: it may be that nobody was told of it then. */
function tellRecall(
  announcer: Announcer,
  hooks: Hooks,
  { byId }: RecallRequest,
  { message, change }: Done<RecallResult, 'recalled'>,
): void {
  const { id: messageId, sessionId, seq } = message
  if (change === null) hooks.seen(sessionId, message.change)
  else announcer.touched(sessionId, change, { kind: 'recalled', messageId, seq, byId })
}

function tellReaction(
  announcer: Announcer,
  { userId, emoji }: ReactRequest,
  { message, added }: Done<ReactResult, 'reacted'>,
): void {
  const { id: messageId, sessionId, seq, change, reactions } = message
  announcer.touched(sessionId, change, { kind: 'reacted', messageId, seq, userId, emoji, added, reactions })
}

function tellOpened(announcer: Announcer, sessionId: string, userIds: readonly string[]): void {
  announcer.joined(sessionId, userIds)
  announcer.lists([sessionId], [])
}

function tellGroupChange(
  announcer: Announcer,
  { sessionId }: GroupChange,
  { change, what }: Done<GroupChanged, 'changed'>,
): void {
  announcer.changed([{ sessionId, change, what }])
  announcer.lists([sessionId], [])
}

/** The store as the rest of the node gets it: some of its sentences said in another way. */
export function storeWith(store: Store, instead: Partial<Store>): Store {
  const bound = new Map<PropertyKey, unknown>(Object.entries(instead))
  return new Proxy(store, {
    get: (target, name) => {
      if (bound.has(name)) return bound.get(name)
      const value: unknown = Reflect.get(target, name, target)
      const own: unknown = typeof value === 'function' ? value.bind(target) : value
      bound.set(name, own)
      return own
    },
  })
}
