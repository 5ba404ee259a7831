import {
  type Input,
  type Message,
  type Output,
  operationsByName,
  type RawInput,
  type Role,
  type Session,
} from '@parley/contracts'
import { expect } from 'vitest'
import type { Caller } from '../src/access/caller.ts'
import { messageRead } from '../src/message/read.ts'
import type { CoreSettings } from '../src/node/chat-node.ts'
import type { Deps, Handler } from '../src/node/handler.ts'
import type { BusMessage } from '../src/ports/bus.ts'
import { rules } from '../src/rules.ts'
import { estimatedReads } from '../src/session/estimated-reads.ts'
import { MemoryBus } from '../src/testing/memory-bus.ts'
import type { NewPerson } from '../src/testing/memory-store/fixtures.ts'
import { createMemoryStore, type MemoryStore } from '../src/testing/memory-store/memory-store.ts'

/** A refusal with this code, and with the fields that are wrong. */
export const failure = (code: string, ...fields: string[]): unknown =>
  expect.objectContaining({ code, details: fields.map(path => expect.objectContaining({ path })) })

export const key: Caller = { kind: 'key', keyId: 'key-1' }
export const anyone: Caller = { kind: 'anyone' }
export const idOf = (who: Caller): string => (who.kind === 'person' ? who.userId : '')

export const caller = (userId: string, role: Role, name: string | null = null): Caller => ({
  kind: 'person',
  userId,
  role,
  name,
  loginId: `login of ${userId}`,
})

const SETTINGS: CoreSettings = {
  messageMaxLength: 10,
  operatorGraceMs: 30_000,
  waitingTimeoutMs: 600_000,
  idleTimeoutMs: 1_800_000,
  recallWindowMs: 120_000,
  directMessages: 'friends',
  fileHosts: ['cdn.example.com', 'files.example.com:8443'],
}

/** A number in this world is `+` and digits, with or without spaces. */
function phoneNumber(text: string): string | null {
  const bare = text.replaceAll(' ', '')
  return /^\+\d{8,15}$/.test(bare) ? bare : null
}

const handlers = { ...rules, 'message.read': messageRead }
type Ruled = keyof typeof handlers
type HandlerOf = { readonly [N in Ruled]: Handler<N> }

/** The rules over a store in memory, called as a door calls them: raw input, parsed by the contract. */
export class RulesWorld {
  now = Date.UTC(2026, 0, 1)
  readonly store: MemoryStore
  /** What was told, oldest first. */
  readonly said: BusMessage[] = []
  /** What the rules are given: here a test may listen to what they ask for. */
  readonly deps: Deps
  private ids = 0

  constructor(settings: Partial<CoreSettings> = {}) {
    const clock = {
      now: () => this.now,
      after: () => {
        throw new Error('these rules wait for nothing')
      },
    }
    this.store = createMemoryStore({ clock })
    const bus = new MemoryBus()
    bus.subscribe(message => this.said.push(message))
    this.deps = {
      store: { ...this.store, ...estimatedReads(this.store, clock) },
      bus,
      clock,
      ids: { next: () => this.nextId(), chance: () => 0.5 },
      phoneNumber,
      report: ({ cause }) => {
        throw cause
      },
      settings: { ...SETTINGS, ...settings },
    }
  }

  async call<N extends Ruled>(name: N, who: Caller, raw: RawInput<N>): Promise<Output<N>> {
    const input = operationsByName[name].input.parse(raw) as Input<N>
    const handler: Handler<N> = (handlers as HandlerOf)[name]
    const output = await handler(this.deps, { caller: who, connection: null, requestId: 'r' }, input)
    return operationsByName[name].output.parse(output) as Output<N>
  }

  person(id: string, role: Role, name = id, more: Omit<NewPerson, 'id' | 'role'> = {}): Caller {
    this.store.fixtures.addPerson({ id, role, name, ...more })
    return caller(id, role, name)
  }

  user(id: string, more: Omit<NewPerson, 'id' | 'role'> = {}): Caller {
    return this.person(id, 'user', id, more)
  }

  async befriend(...pair: readonly [Caller, Caller]): Promise<void> {
    const [asker, asked] = pair.map(idOf)
    await this.call('friend.request', pair[0], { userId: asked })
    await this.call('friend.accept', pair[1], { friendId: asker ?? '' })
  }

  async privately(who: Caller, otherId: string): Promise<Session> {
    return (await this.call('session.private', who, { userId1: idOf(who), userId2: otherId })).session
  }

  group(who: Caller, ...participantIds: string[]): Promise<Session> {
    return this.call('session.group', who, { name: 'Group', participantIds })
  }

  /** The person has a connection from now on. */
  async connect(userId: string): Promise<void> {
    await this.store.heartbeat('node')
    const opened = [{ connectionId: `connection of ${userId}`, userId }]
    await this.store.changeLeases({ nodeId: 'node', opened, closed: [], graceMs: 0 })
  }

  /** What the bus was told for all connections of people, by whom it is for. */
  told(): { to: readonly string[]; name: string; data: unknown }[] {
    return this.said.flatMap(message =>
      message.kind === 'people' ? [{ to: message.userIds, ...message.happening }] : [],
    )
  }

  async operator(
    id: string,
    maxUsers = 2,
    status: 'online' | 'busy' | 'offline' = 'online',
  ): Promise<Caller> {
    this.store.fixtures.addOperator({ id, name: id, maxUsers })
    await this.call('operator.set-status', key, { operatorId: id, status })
    return caller(id, 'operator', id)
  }

  async start(who: Caller): Promise<Session> {
    return (await this.call('session.start', who, {})).session
  }

  say(who: Caller, sessionId: string, text = 'hello'): Promise<Message> {
    return this.call('message.send', who, { sessionId, text })
  }

  private nextId(): string {
    this.ids += 1
    return `00000000-0000-7000-8000-${String(this.ids).padStart(12, '0')}`
  }
}
