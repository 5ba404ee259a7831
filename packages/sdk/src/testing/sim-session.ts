import type { CountedEvent } from '../connection/link.ts'
import type { Message, MessageFile, PersonCard, SenderType, Session } from '../contract-types.ts'

const time = (n: number) => new Date(Date.parse('2026-01-01T00:00:00.000Z') + n).toISOString()

const cardOf = (id: string): PersonCard => ({ id, name: id, avatar: null })

const newSession = (id: string, userId: string): Session => ({
  id,
  siteId: 'default',
  type: 'support',
  name: null,
  subject: null,
  metadata: null,
  participants: [userId],
  people: [],
  ownerId: null,
  showsHistory: false,
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
  readonly file?: MessageFile | null
  readonly type?: Message['type']
  readonly replyTo?: string | null
  readonly forwardedFrom?: string | null
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

  send(fields: SimSend): Message {
    const { senderId, senderType = 'user', text, clientMessageId = null } = fields
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
      type: fields.type ?? 'text',
      file: fields.file ?? null,
      status: 'sent',
      readBy: [],
      readByCount: 0,
      replyTo: fields.replyTo ?? null,
      forwardedFrom: fields.forwardedFrom ?? null,
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

  /** Another state of a message, by the change that the event tells. */
  private touch(message: Message, fields: Partial<Message>, event: (now: Message) => CountedEvent): void {
    const now: Message = { ...message, ...fields, change: this.session.lastChange + 1 }
    this.messages = this.messages.map(other => (other === message ? now : other))
    const last = this.session.lastMessage?.id === now.id ? { lastMessage: now } : {}
    this.change(last, () => event(now))
  }

  recall(seq: number): void {
    const message = this.messages.find(other => other.seq === seq)
    if (!message || message.recalled) return
    const gone = { recalled: true, text: '', file: null, reactions: {} }
    this.touch(message, gone, ({ id, sessionId, change }) => ({
      name: 'message.recalled',
      sessionId,
      change,
      messageId: id,
      seq,
    }))
  }

  react(seq: number, userId: string, emoji: string): void {
    const message = this.messages.find(other => other.seq === seq)
    if (!message || message.recalled) return
    const { [emoji]: before = [], ...others } = message.reactions
    const after = before.includes(userId) ? before.filter(id => id !== userId) : [...before, userId]
    const reactions = after.length > 0 ? { ...others, [emoji]: after } : others
    this.touch(message, { reactions }, ({ id, sessionId, change }) => ({
      name: 'message.reacted',
      sessionId,
      change,
      messageId: id,
      seq,
      reactions,
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
    const { participants, people, type } = this.session
    this.readSeqs.set(userId, 0)
    const cards = type === 'support' ? people : [...people, cardOf(userId)]
    this.change({ participants: [...participants, userId], people: cards }, change => ({
      name: 'participants.changed',
      sessionId: this.session.id,
      change,
      added: [userId],
      removed: [],
    }))
  }

  /** Somebody is taken out, or goes; of a group its owner too. */
  leave(userId: string): void {
    const { participants, people, ownerId } = this.session
    if (!participants.includes(userId)) return
    const left = people.filter(({ id }) => id !== userId)
    const fields = {
      participants: participants.filter(id => id !== userId),
      people: left,
      ownerId: ownerId === userId ? (left[0]?.id ?? null) : ownerId,
    }
    this.change(fields, change => ({
      name: 'participants.changed',
      sessionId: this.session.id,
      change,
      added: [],
      removed: [userId],
    }))
  }

  /** What it is from its creation on, with these people. */
  become(type: 'private' | 'group', people: readonly string[], name: string | null = null): this {
    for (const userId of people) this.readSeqs.set(userId, 0)
    this.session = this.marked({
      ...this.session,
      type,
      name,
      status: 'active',
      participants: [...people],
      people: people.map(cardOf),
      ownerId: type === 'group' ? (people[0] ?? null) : null,
      userId: null,
      userName: null,
      userType: null,
      queuePosition: null,
      waitingSince: null,
    })
    return this
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
    this.update({ name })
  }

  update(fields: Partial<Session>): void {
    this.change(fields, change => ({
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

  pageAfter(limit: number, afterSeq: number): Message[] {
    return this.messages.filter(({ seq }) => seq > afterSeq).slice(0, limit)
  }
}
