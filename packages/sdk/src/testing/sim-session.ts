import type { CountedEvent } from '../connection/link.ts'
import type { Message, SenderType, Session } from '../contract-types.ts'

const time = (n: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + n).toISOString()

const newSession = (id: string, userId: string): Session => ({
  id,
  siteId: 'default',
  type: 'support',
  name: null,
  subject: null,
  metadata: null,
  participants: [userId],
  userId,
  userName: userId,
  userType: 'visitor',
  operatorId: null,
  operator: null,
  status: 'waiting',
  queuePosition: 1,
  queueEstimate: null,
  unreadCount: null,
  marks: [{ userId, deliveredSeq: 0, readSeq: 0 }],
  lastMessage: null,
  lastMessageAt: null,
  lastSeq: 0,
  lastChange: 0,
  createdAt: time(0),
  updatedAt: time(0),
  waitingSince: time(0),
  assignedAt: null,
  endedAt: null,
  endedBy: null,
  endReason: null,
})

export interface SimSend {
  readonly senderId: string
  readonly senderType?: SenderType
  readonly text: string
  readonly clientMessageId?: string | null
}

/** A session as a server keeps it: what it is now, and what has happened, change by change. */
export class SimSession {
  session: Session
  messages: Message[] = []
  readonly log: CountedEvent[] = []
  /** How far everyone who takes or took part has read. */
  private readonly readSeqs = new Map<string, number>()
  /** Each change as it is made. */
  private readonly happened: (event: CountedEvent) => void

  constructor(id: string, userId: string, happened: (event: CountedEvent) => void = () => undefined) {
    this.session = newSession(id, userId)
    this.readSeqs.set(userId, 0)
    this.happened = happened
  }

  private change(fields: Partial<Session>, event: (change: number) => CountedEvent): void {
    const change = this.session.lastChange + 1
    this.session = this.marked({ ...this.session, ...fields, lastChange: change })
    const made = event(change)
    this.log.push(made)
    this.happened(made)
  }

  private marked(session: Session): Session {
    const marks = session.participants.map(userId => {
      const seq = this.readSeqs.get(userId) ?? 0
      return { userId, deliveredSeq: seq, readSeq: seq }
    })
    return { ...session, marks }
  }

  send({ senderId, senderType = 'user', text, clientMessageId = null }: SimSend): Message {
    const known = this.messages.find(m => m.senderId === senderId && m.clientMessageId === clientMessageId)
    if (clientMessageId && known) return known
    const seq = this.session.lastSeq + 1
    const change = this.session.lastChange + 1
    const at = time(change)
    const message: Message = {
      id: `${this.session.id}-m${seq}`,
      sessionId: this.session.id,
      seq,
      change,
      clientMessageId,
      senderId,
      senderType,
      receiverId: null,
      text,
      type: 'text',
      file: null,
      status: 'sent',
      readBy: [],
      readByCount: 0,
      replyTo: null,
      forwardedFrom: null,
      reactions: {},
      recalled: false,
      createdAt: at,
      updatedAt: at,
    }
    this.messages.push(message)
    this.move(senderId, seq)
    this.change({ lastMessage: message, lastMessageAt: at, lastSeq: seq, updatedAt: at }, () => ({
      name: 'message.created',
      sessionId: this.session.id,
      change,
      message,
    }))
    return message
  }

  recall(seq: number): void {
    const message = this.messages.find(other => other.seq === seq)
    if (!message || message.recalled) return
    const change = this.session.lastChange + 1
    const gone: Message = { ...message, recalled: true, text: '', file: null, change }
    this.messages = this.messages.map(other => (other === message ? gone : other))
    const last = this.session.lastMessage?.id === gone.id ? { lastMessage: gone } : {}
    this.change(last, () => ({
      name: 'message.recalled',
      sessionId: this.session.id,
      change,
      messageId: gone.id,
      seq,
    }))
  }

  assign(operatorId: string): void {
    const { userId, operatorId: before } = this.session
    // It goes on from the marks of the operator before it.
    const inherited = this.readSeqs.get(before ?? '') ?? 0
    this.readSeqs.set(operatorId, Math.max(inherited, this.readSeqs.get(operatorId) ?? 0))
    this.change(
      {
        status: 'active',
        operatorId,
        operator: { id: operatorId, name: operatorId, avatar: null },
        participants: [userId ?? '', operatorId],
        queuePosition: null,
        assignedAt: this.session.assignedAt ?? time(this.session.lastChange + 1),
      },
      change => ({ name: 'session.assigned', sessionId: this.session.id, change, session: this.told() }),
    )
  }

  requeue(): void {
    if (this.session.status !== 'active') return
    const { operatorId, participants } = this.session
    this.change(
      {
        status: 'waiting',
        operatorId: null,
        operator: null,
        participants: participants.filter(id => id !== operatorId),
        queuePosition: 1,
      },
      change => ({ name: 'session.waiting', sessionId: this.session.id, change, position: 1 }),
    )
  }

  end(endedBy: string | null, reason: string | null): void {
    if (this.session.status === 'ended') return
    const endedAt = time(this.session.lastChange + 1)
    this.change(
      { status: 'ended', endedBy, endReason: reason, endedAt, updatedAt: endedAt, queuePosition: null },
      change => ({ name: 'session.ended', sessionId: this.session.id, change, endedBy, reason, endedAt }),
    )
  }

  join(userId: string): void {
    if (this.session.participants.includes(userId)) return
    this.readSeqs.set(userId, 0)
    this.change({ participants: [...this.session.participants, userId] }, change => ({
      name: 'participants.changed',
      sessionId: this.session.id,
      change,
      added: [userId],
      removed: [],
    }))
  }

  /** Its visitor proves to be a user. */
  identify(userId: string, userName: string | null): void {
    const { userId: visitorId, participants } = this.session
    if (visitorId === null || visitorId === userId) return
    const change = this.session.lastChange + 1
    const owned = (message: Message) =>
      message.senderId === visitorId ? { ...message, senderId: userId, change } : message
    this.messages = this.messages.map(owned)
    this.readSeqs.set(userId, this.readSeqs.get(visitorId) ?? 0)
    const lastMessage = this.session.lastMessage && owned(this.session.lastMessage)
    const others = participants.filter(id => id !== visitorId)
    this.change(
      { userId, userName, userType: 'user', participants: [userId, ...others], lastMessage },
      () => ({
        name: 'participants.changed',
        sessionId: this.session.id,
        change,
        added: [userId],
        removed: [visitorId],
        identified: { visitorId, userId, userName },
      }),
    )
  }

  /** A change that this family of clients has no event for. */
  rename(name: string): void {
    this.change({ name }, change => ({
      name: 'session.changed',
      sessionId: this.session.id,
      change,
      session: this.told(),
    }))
  }

  /** Marks are not counted. Answers whether it moved. */
  move(userId: string, seq: number): boolean {
    const before = this.readSeqs.get(userId)
    if (before === undefined || before >= seq) return false
    this.readSeqs.set(userId, seq)
    this.session = this.marked(this.session)
    return true
  }

  /** As it goes to many. */
  told(): Session {
    return { ...this.session, unreadCount: null }
  }

  since(change: number): Message[] {
    return this.messages.filter(message => message.change > change).sort((a, b) => a.change - b.change)
  }

  page(limit: number, beforeSeq = Number.POSITIVE_INFINITY): Message[] {
    return this.messages.filter(({ seq }) => seq < beforeSeq).slice(-limit)
  }
}
