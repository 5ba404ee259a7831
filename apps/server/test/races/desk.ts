import type { Role } from '@parley/contracts'

/** What the callers of a node do in these tests; each answers once the node has. */
export interface Desk {
  /** Answers with the open session's id. */
  start(userId: string): Promise<string>
  end(sessionId: string): Promise<void>
  /** Answers with who holds it then. `null`: whom the strategy picks. */
  assign(sessionId: string, operatorId: string | null): Promise<void>
  toQueue(sessionId: string): Promise<void>
  status(operatorId: string, status: 'online' | 'busy' | 'offline'): Promise<void>
  limit(operatorId: string, maxUsers: number): Promise<void>
  connect(connectionId: string, userId: string, role: Role): Promise<void>
  disconnect(connectionId: string): Promise<void>
  send(message: Sent): Promise<Stored>
  read(userId: string, role: Role, messageId: string): Promise<void>
}

export interface Sent {
  readonly sessionId: string
  readonly userId: string
  readonly role: Role
  readonly clientMessageId: string
}

export interface Stored {
  readonly id: string
  readonly seq: number
}

export interface Order {
  readonly n: number
  readonly call: keyof Desk
  readonly args: readonly unknown[]
}

/** `refused`: by a rule, with its code; `away`: the store is; `broken`: anything else, which no race may lead to. */
export type Answer = { readonly n: number } & (
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'away' }
  | { readonly kind: 'broken'; readonly error: string }
)
