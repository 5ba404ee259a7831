import type { Happening } from '@parley/contracts'
import type { Person } from '../../access/caller.ts'
import type { CoreOperation } from '../../node/chat-node.ts'
import { Hearing } from './hearing.ts'
import type { Surroundings } from './surroundings.ts'
import type { Answer, Down, In, Wire } from './wire.ts'

interface Ends {
  readonly opened: (line: Line) => void
  readonly event: (line: Line, happening: Happening) => void
  readonly closed: (line: Line) => void
}

export interface LineKind {
  /** It is given what its person has not received, as soon as it is open. */
  readonly backlog: boolean
  /** It answers no ping. */
  readonly isMute: boolean
}

/** A client's end of one connection, from its opening to its end. */
export class Line {
  readonly hearing: Hearing
  connectionId: string | null = null
  isOpen = false
  private isClosed = false
  private calls = 0
  private readonly answers = new Map<number, (answer: Answer | null) => void>()
  private readonly link: Wire
  private readonly around: Surroundings
  private readonly ends: Ends
  private readonly kind: LineKind

  constructor(around: Surroundings, caller: Person, kind: LineKind, ends: Ends) {
    this.around = around
    this.kind = kind
    this.ends = ends
    this.hearing = new Hearing(caller.userId)
    this.link = around.link()
    this.link.attachClient({ receive: message => this.receive(message), closed: () => this.close() })
    const server = around.random.pick(around.servers)
    this.connectionId = server?.accept(this.link, caller, kind.backlog) ?? null
  }

  /**
   * null: the connection is gone, or nothing came in time. Answers that change what is heard have no time limit: a
   * connection keeps its order, so whoever stops waiting for one would no longer know where it is.
   */
  call<N extends CoreOperation>(
    name: N,
    input: In<N>,
    limitMs: number | null = 4000,
  ): Promise<Answer | null> {
    if (this.isClosed) return Promise.resolve(null)
    const id = ++this.calls
    return new Promise(resolve => {
      this.answers.set(id, resolve)
      this.link.up({ kind: 'call', id, name, input })
      if (limitMs !== null) this.around.clock.after(limitMs, () => this.answered(id, null))
    })
  }

  cut(): void {
    this.link.cut()
  }

  private receive(message: Down): void {
    try {
      this.take(message)
    } catch (cause) {
      this.around.fail(cause)
    }
  }

  private take(message: Down): void {
    if (message.kind === 'ping') this.pong()
    else if (message.kind === 'answer') this.answered(message.id, message.answer)
    else if (message.kind === 'event') this.ends.event(this, message.happening)
    else {
      this.isOpen = true
      this.ends.opened(this)
    }
  }

  private pong(): void {
    if (!this.kind.isMute) this.link.up({ kind: 'pong' })
  }

  private answered(id: number, answer: Answer | null): void {
    this.answers.get(id)?.(answer)
    this.answers.delete(id)
  }

  private close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.isOpen = false
    for (const id of [...this.answers.keys()]) this.answered(id, null)
    this.ends.closed(this)
  }
}
