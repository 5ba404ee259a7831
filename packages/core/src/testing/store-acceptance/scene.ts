import type { Message, OperatorStatus, Session } from '@parley/contracts'
import type { Actor } from '../../access/caller.ts'
import type { StartCommand, TurnCommand, TurnOutcome } from '../../assignment/turn.ts'
import type { AppendRequest, AppendResult, MarkMoved, StoredChange } from '../../ports/store/message-store.ts'
import type { Store } from '../../ports/store.ts'
import { equal, Mismatch, ok, oneTo } from './check.ts'
import type { AcceptanceCase, StoreUnderTest } from './open-store.ts'

type Body<C> = C extends unknown ? Omit<C, 'actor' | 'requestId'> : never
export type CommandBody = Body<TurnCommand>
type Done = Extract<TurnOutcome, { kind: 'done' }>

export const system: Actor = { kind: 'system', id: null, actingFor: null }
export const person = (id: string): Actor => ({ kind: 'person', id, actingFor: null })

/** Short words for what most cases do. */
export class Scene {
  readonly under: StoreUnderTest
  readonly store: Store
  private ids = 0

  constructor(under: StoreUnderTest) {
    this.under = under
    this.store = under.store
  }

  /** Sorts in the order of asking, as UUIDv7 do. */
  newId(kind: string): string {
    this.ids += 1
    return `${kind}-${String(this.ids).padStart(6, '0')}`
  }

  turn(body: CommandBody, actor: Actor = system, store: Store = this.store): Promise<TurnOutcome> {
    return store.turn({ ...body, actor, requestId: 'request' } as TurnCommand)
  }

  async done(body: CommandBody, actor: Actor = system, store: Store = this.store): Promise<Done> {
    const outcome = await this.turn(body, actor, store)
    if (outcome.kind === 'refused') throw new Mismatch(`${body.kind} is refused`, outcome.code, 'done')
    return outcome
  }

  async refused(body: CommandBody, code: string): Promise<void> {
    equal(await this.turn(body), { kind: 'refused', code }, `the outcome of ${body.kind}`)
  }

  startOf(userId: string, more: Partial<StartCommand> = {}): CommandBody & StartCommand {
    return {
      kind: 'start',
      sessionId: this.newId('session'),
      userId,
      userType: 'user',
      userName: null,
      locale: null,
      timeZone: null,
      subject: null,
      metadata: null,
      strategy: null,
      operatorId: null,
      ...more,
    }
  }

  /** Answers with the session's id. */
  async start(userId: string, more: Partial<StartCommand> = {}): Promise<string> {
    return (await this.done(this.startOf(userId, more), person(userId))).sessionId ?? ''
  }

  end(sessionId: string, actor: Actor = system): Promise<Done> {
    return this.done({ kind: 'end', sessionId, reason: null }, actor)
  }

  assign(sessionId: string, operatorId: string | null): Promise<Done> {
    return this.done({ kind: 'assign', sessionId, operatorId, strategy: null })
  }

  status(operatorId: string, status: OperatorStatus): Promise<Done> {
    return this.done({ kind: 'status', operatorId, status })
  }

  async operator(id: string, maxUsers?: number, status: OperatorStatus = 'online'): Promise<void> {
    await this.under.addOperator(maxUsers === undefined ? { id } : { id, maxUsers })
    if (status !== 'offline') await this.status(id, status)
  }

  /** An operator with a session of one visitor, and its id. */
  async conversation(visitorId = 'visitor', operatorId = 'ann'): Promise<string> {
    await this.operator(operatorId)
    return this.start(visitorId)
  }

  async talk(type: 'private' | 'group', ...userIds: string[]): Promise<string> {
    const id = this.newId('talk')
    for (const userId of userIds) await this.under.addPerson({ id: userId, role: 'user' })
    await this.under.addTalk({ id, type, parts: userIds.map(userId => ({ userId })) })
    return id
  }

  requestOf(sessionId: string, senderId: string, more: Partial<AppendRequest> = {}): AppendRequest {
    return {
      id: this.newId('message'),
      sessionId,
      senderId,
      senderType: 'user',
      mustTakePart: true,
      anyone: false,
      clientMessageId: null,
      receiverId: null,
      text: 'hello',
      type: 'text',
      file: null,
      replyTo: null,
      forwardedFrom: null,
      ...more,
    }
  }

  append(sessionId: string, senderId: string, more: Partial<AppendRequest> = {}): Promise<AppendResult> {
    return this.store.append(this.requestOf(sessionId, senderId, more))
  }

  async say(sessionId: string, senderId: string, more: Partial<AppendRequest> = {}): Promise<Message> {
    const result = await this.append(sessionId, senderId, more)
    if (result.kind !== 'stored') throw new Mismatch(`a message of ${senderId}`, result, 'stored')
    return result.message
  }

  async messages(sessionId: string, limit = 1000): Promise<Message[]> {
    return (await this.store.messages(sessionId, { kind: 'after', seq: 0, limit }, 0)).items
  }

  async session(sessionId: string, reader: string | null = null): Promise<Session> {
    const [session] = await this.store.sessions([sessionId], reader)
    if (!session) throw new Mismatch('the session', sessionId, 'there')
    return session
  }

  /** `waiting`, `ended`, or who holds it. */
  async holder(sessionId: string): Promise<string> {
    const { status, operatorId } = await this.session(sessionId)
    return status === 'active' ? (operatorId ?? 'nobody') : status
  }

  holders(sessionIds: readonly string[]): Promise<string[]> {
    return Promise.all(sessionIds.map(id => this.holder(id)))
  }

  read(sessionId: string, userId: string, to: number): Promise<MarkMoved[]> {
    return this.store.mark([{ sessionId, userId, kind: 'read', from: 1, to }])
  }

  delivered(sessionId: string, userId: string, from: number, to: number): Promise<MarkMoved[]> {
    return this.store.mark([{ sessionId, userId, kind: 'delivered', from, to }])
  }

  /** All changes; they must be dense and end where the session says (S10). */
  async changes(sessionId: string): Promise<StoredChange[]> {
    const [changes, { lastChange }] = [
      await this.store.changesSince(sessionId, 0, 10_000),
      await this.session(sessionId),
    ]
    equal(
      changes.map(({ change }) => change),
      oneTo(lastChange),
      '[S10] the numbers of the changes',
    )
    return changes
  }

  async connect(nodeId: string, ...userIds: string[]): Promise<string[]> {
    await this.store.heartbeat(nodeId)
    const opened = userIds.map(userId => ({ connectionId: this.newId('connection'), userId }))
    const { known } = await this.store.changeLeases({ nodeId, opened, closed: [], graceMs: 30_000 })
    ok(known, `the node ${nodeId} is known`)
    return opened.map(({ connectionId }) => connectionId)
  }

  async disconnect(nodeId: string, ...connectionIds: string[]): Promise<readonly string[]> {
    const closing = { nodeId, opened: [], closed: connectionIds, graceMs: 30_000 }
    return (await this.store.changeLeases(closing)).gone
  }
}

/** Opens a store for the case and closes it, however it ends. */
export const accept = (name: string, body: (scene: Scene) => Promise<void>): AcceptanceCase => ({
  name,
  async run(open) {
    const under = await open()
    try {
      await body(new Scene(under))
    } finally {
      await under.close()
    }
  },
})
