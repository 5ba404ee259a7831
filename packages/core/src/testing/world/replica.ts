import type { EventData, Happening, Identified, Message, Session, SyncedSession } from '@parley/contracts'
import { Violation } from './violation.ts'

type Counted = Extract<Happening, { data: { change: number; sessionId: string } }>

export interface Copy {
  /** The client has everything up to this change. */
  cursor: number
  session: Session | null
  readonly messages: Map<number, Message>
}

/** What a client holds of its sessions: answers, and events on top of them, as any good client applies them. */
export class Replica {
  readonly copies = new Map<string, Copy>()

  know(sessionId: string): Copy {
    const known = this.copies.get(sessionId)
    if (known) return known
    const copy: Copy = { cursor: 0, session: null, messages: new Map() }
    this.copies.set(sessionId, copy)
    return copy
  }

  cursors(): Record<string, number> {
    return Object.fromEntries([...this.copies].map(([id, { cursor }]) => [id, cursor]))
  }

  answer(sessionId: string, { messages, session, upTo }: SyncedSession): void {
    const copy = this.know(sessionId)
    for (const message of messages) put(copy, message)
    copy.session = newer(copy.session, session)
    copy.cursor = Math.max(copy.cursor, upTo)
  }

  /** Shown, but without its messages. */
  show(session: Session): void {
    const copy = this.know(session.id)
    copy.session = newer(copy.session, session)
  }

  /** Only the next one: what comes while the copy is still behind will be in an answer. */
  apply(event: Counted): void {
    const { sessionId, change } = event.data
    const copy = this.know(sessionId)
    if (change !== copy.cursor + 1) return
    copy.cursor = change
    if (event.name === 'message.created') put(copy, event.data.message)
    else if (event.name === 'message.recalled') recall(copy, event.data)
    else if (event.name === 'message.reacted') react(copy, event.data)
    else copy.session = newer(copy.session, event.data.session)
    const became = event.name === 'participants.changed' && event.data.identified
    if (became) identify(copy, became, change)
  }
}

/** What the visitor wrote is the user's, touched by this change (I9). */
function identify(copy: Copy, { visitorId, userId }: Identified, change: number): void {
  for (const message of copy.messages.values())
    if (message.senderId === visitorId) touch(copy, message, { senderId: userId, change })
}

function recall(copy: Copy, { seq, change }: EventData<'message.recalled'>): void {
  const message = copy.messages.get(seq)
  if (message) touch(copy, message, { recalled: true, text: '', file: null, reactions: {}, change })
}

function react(copy: Copy, { seq, change, reactions }: EventData<'message.reacted'>): void {
  const message = copy.messages.get(seq)
  if (message) touch(copy, message, { reactions, change })
}

/** A message that was read later shows it already. */
function touch(copy: Copy, message: Message, what: Partial<Message> & { readonly change: number }): void {
  if (message.change < what.change) copy.messages.set(message.seq, { ...message, ...what })
}

function put(copy: Copy, message: Message): void {
  const known = copy.messages.get(message.seq)
  if (known && known.id !== message.id)
    throw new Violation('M1', `two messages bear seq ${message.seq} of ${message.sessionId}`)
  if (!known || known.change <= message.change) copy.messages.set(message.seq, message)
}

/** A snapshot may be of later than its event, so an earlier one has nothing to add. */
const newer = (known: Session | null, session: Session): Session =>
  known && known.lastChange > session.lastChange ? known : session
