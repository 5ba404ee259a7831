import {
  type Input,
  type Message,
  type Output,
  operationsByName,
  type RawInput,
  type Role,
  type Session,
} from '@parley/contracts'
import type { Caller } from '../src/access/caller.ts'
import type { CoreSettings } from '../src/node/chat-node.ts'
import type { Deps, Handler } from '../src/node/handler.ts'
import type { Rules } from '../src/node/node.ts'
import { rules } from '../src/rules.ts'
import { estimatedReads } from '../src/session/estimated-reads.ts'
import { MemoryBus } from '../src/testing/memory-bus.ts'
import { createMemoryStore, type MemoryStore } from '../src/testing/memory-store/memory-store.ts'

export const key: Caller = { kind: 'key', keyId: 'key-1' }
export const anyone: Caller = { kind: 'anyone' }
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
  fileHosts: ['cdn.example.com', 'files.example.com:8443'],
}

/** The rules over a store in memory, called as a door calls them: raw input, parsed by the contract. */
export class RulesWorld {
  now = Date.UTC(2026, 0, 1)
  readonly store: MemoryStore
  private readonly deps: Deps
  private ids = 0

  constructor() {
    const clock = {
      now: () => this.now,
      after: () => {
        throw new Error('these rules wait for nothing')
      },
    }
    this.store = createMemoryStore({ clock })
    this.deps = {
      store: { ...this.store, ...estimatedReads(this.store, clock) },
      bus: new MemoryBus(),
      clock,
      ids: { next: () => this.nextId(), chance: () => 0.5 },
      report: ({ cause }) => {
        throw cause
      },
      settings: SETTINGS,
    }
  }

  async call<N extends keyof Rules>(name: N, who: Caller, raw: RawInput<N>): Promise<Output<N>> {
    const input = operationsByName[name].input.parse(raw) as Input<N>
    const handler = rules[name] as Handler<N>
    const output = await handler(this.deps, { caller: who, connection: null, requestId: 'r' }, input)
    return operationsByName[name].output.parse(output) as Output<N>
  }

  person(id: string, role: Role, name = id): Caller {
    this.store.fixtures.addPerson({ id, role, name })
    return caller(id, role, name)
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
