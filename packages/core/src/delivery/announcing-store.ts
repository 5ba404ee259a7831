import type { TurnCommand, TurnOutcome } from '../assignment/turn.ts'
import type { AppendRequest, AppendResult } from '../ports/store/message-store.ts'
import type { Store } from '../ports/store.ts'
import type { Announcer } from './announcer.ts'

/** The two ways in which sessions change, told to everyone as soon as they are committed: no rule can forget it. */
export interface AnnouncedWrites {
  append(request: AppendRequest): Promise<AppendResult>
  turn(command: TurnCommand): Promise<TurnOutcome>
}

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
      if (outcome.kind === 'done') announcer.turn(outcome)
      return outcome
    },
  }
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
