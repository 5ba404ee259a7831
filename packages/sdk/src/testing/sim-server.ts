import type { LinkEvent } from '../connection/link.ts'
import type { Me, Message, Operator, PersonStatus, Session, SessionList, User } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { SimFriends } from './sim-friends.ts'
import { simUser } from './sim-people.ts'
import { type SimSend, SimSession } from './sim-session.ts'

/** The server's end of a link. */
export interface SimPeer {
  readonly me: Me
  readonly heard: Set<string>
  /** It hears whatever its person comes to take part in. */
  inbox: boolean
  /** List → the ids it shows. */
  readonly watched: Map<SessionList, Set<string>>
  tell(event: LinkEvent): void
  cut(): void
}

/** A Parley server in a few hundred lines: what it keeps survives any cut; what it tells goes to whoever listens. */
export class SimServer {
  readonly sessions = new Map<string, SimSession>()
  readonly people = new Map<string, Me>()
  readonly emails = new Map<string, string>()
  /** Hashes that prove nothing. Who asks for a token is believed all the same, as in open mode. */
  readonly wrongHashes = new Set<unknown>()
  readonly operators = new Map<string, Operator>()
  readonly peers = new Set<SimPeer>()
  reachable = true
  /** Every handshake is answered with this. */
  refusal: ParleyError | null = null
  /** So many requests are carried out whose answers never arrive: the link is cut instead. */
  loseAnswers = 0
  /** Messages that one answer to `session.sync` has room for. */
  syncRoom = Number.POSITIVE_INFINITY
  /** Taken by the next requests, in order. */
  readonly failNext: ParleyError[] = []
  /** Operation names, as they were asked. */
  readonly asked: string[] = []
  /** Names of uploaded files. */
  readonly files: string[] = []
  /** What people have said of themselves. */
  readonly statuses = new Map<string, PersonStatus>()
  /** Every recall comes too late. */
  recallPassed = false
  readonly friends = new SimFriends(
    (userId, event) => this.tellPerson(userId, event),
    userId => this.statusOf(userId),
  )
  /** Refresh token → whose, while it is good; a used one is `null`. */
  private readonly refreshTokens = new Map<string, string | null>()
  private logins = 0
  private tokens = 0
  private visitors = 0

  signIn(id: string): { token: string; refreshToken: string; expiresIn: number } {
    this.logins += 1
    const token = this.person(id, 'user')
    const refreshToken = `refresh ${this.logins} of ${id}`
    this.refreshTokens.set(refreshToken, id)
    return { token, refreshToken, expiresIn: 60 }
  }

  /** A used one ends every login of its person. */
  refresh(refreshToken: string): string {
    const id = this.refreshTokens.get(refreshToken)
    this.refreshTokens.set(refreshToken, null)
    if (id) return id
    for (const known of [...this.refreshTokens.keys()]) this.refreshTokens.set(known, null)
    this.people.clear()
    throw new ParleyError('unauthorized')
  }

  signOut(token: string): void {
    this.people.delete(token)
  }

  everyone(): User[] {
    return [
      ...new Map(
        [...this.people.values()].map(({ id, name }) => [id, simUser(id, { nickname: name })]),
      ).values(),
    ]
  }

  tellPerson(userId: string, event: LinkEvent): void {
    for (const peer of this.peers) if (peer.me.id === userId) peer.tell(event)
  }

  statusOf(userId: string): PersonStatus {
    const here = [...this.peers].some(({ me }) => me.id === userId)
    return here ? (this.statuses.get(userId) ?? 'online') : 'offline'
  }

  say(userId: string, status: PersonStatus): void {
    this.statuses.set(userId, status)
    const event: LinkEvent = { name: 'presence.changed', userId, status, lastSeen: null }
    for (const peer of this.peers) peer.tell(event)
  }

  /** Two people or more; their inboxes hear of it. */
  chat(
    type: 'private' | 'group',
    id: string,
    people: readonly string[],
    name: string | null = null,
  ): SimSession {
    const found = this.session(id, people[0] ?? '').become(type, people, name)
    for (const userId of people) this.openFor(found, userId)
    this.tellLists(id)
    return found
  }

  private openFor(found: SimSession, userId: string): void {
    for (const peer of this.peers) {
      if (peer.me.id !== userId || !peer.inbox || peer.heard.has(found.session.id)) continue
      peer.heard.add(found.session.id)
      peer.tell({ name: 'session.opened', session: found.told() })
    }
  }

  /** Who is taken out of a private or group session hears nothing after that. */
  private closeFor({ session }: SimSession, userId: string): void {
    if (session.type === 'support') return
    for (const peer of this.peers) if (peer.me.id === userId) peer.heard.delete(session.id)
  }

  person(id: string, role: Me['role'] = 'visitor'): string {
    this.tokens += 1
    const token = `token of ${id} ${this.tokens}`
    this.people.set(token, { id, role, name: id, avatar: null })
    return token
  }

  newVisitor(): string {
    this.visitors += 1
    return this.person(`visitor-${this.visitors}`)
  }

  operator(id: string): string {
    const fields = { id, name: id, avatar: null, status: 'online', isOnline: true, isActive: true } as const
    this.operators.set(id, {
      ...fields,
      maxUsers: 2,
      activeUsers: [],
      activeSessions: 0,
      lastAssignedAt: null,
    })
    return this.person(id, 'operator')
  }

  session(id: string, userId: string): SimSession {
    const made: SimSession = new SimSession(id, userId, event => {
      const { added, removed } = event.name === 'participants.changed' ? event : { added: [], removed: [] }
      for (const userId of added) this.openFor(made, userId)
      for (const peer of this.peers) {
        const given = event.name === 'session.assigned' && peer.me.id === event.session.operatorId
        if (given || peer.heard.has(id)) peer.tell(event)
      }
      for (const userId of removed) this.closeFor(made, userId)
      this.tellLists(id)
    })
    this.sessions.set(id, made)
    this.tellLists(id)
    return made
  }

  start(me: Me): { session: Session; created: boolean } {
    const open = [...this.sessions.values()].find(
      ({ session }) => session.userId === me.id && session.status !== 'ended',
    )
    const session = open ?? this.session(`session-${this.sessions.size + 1}`, me.id)
    return { session: this.seenBy(session, me), created: !open }
  }

  seenBy({ session, messages }: SimSession, me: Me): Session {
    const mark = session.marks.find(({ userId }) => userId === me.id)
    const unread = messages.filter(
      ({ seq, senderId, recalled }) => seq > (mark?.readSeq ?? 0) && senderId !== me.id && !recalled,
    )
    return { ...session, unreadCount: mark ? unread.length : null }
  }

  known(id: string, me: Me): SimSession {
    const found = this.sessions.get(id)
    if (!found || !(me.role === 'operator' || found.session.participants.includes(me.id)))
      throw new ParleyError('not_found')
    return found
  }

  send(me: Me, sessionId: string, fields: Omit<SimSend, 'senderId' | 'senderType'>): Message {
    const found = this.known(sessionId, me)
    const again = found.messages.find(
      m => m.senderId === me.id && m.clientMessageId === fields.clientMessageId,
    )
    if (again) return again
    if (found.session.status === 'ended') throw new ParleyError('session_ended')
    return found.send({
      ...fields,
      senderId: me.id,
      senderType: me.role === 'operator' ? 'operator' : 'user',
    })
  }

  read(me: Me, messageId: string): Message {
    for (const found of this.sessions.values()) {
      const message = found.messages.find(({ id }) => id === messageId)
      if (!message) continue
      if (found.move(me.id, message.seq)) this.tellRead(me.id, message)
      return message
    }
    throw new ParleyError('not_found')
  }

  /** To all who hear it, the reader's other devices too; and to the sender how far it has come. */
  private tellRead(userId: string, { id, sessionId, seq, senderId, updatedAt }: Message): void {
    this.tellOthers(sessionId, null, { name: 'message.read', sessionId, userId, seq, readAt: updatedAt })
    for (const peer of this.peers)
      if (peer.me.id === senderId && peer.heard.has(sessionId))
        peer.tell({ name: 'message.status', messageId: id, sessionId, seq, status: 'read' })
    this.tellLists(sessionId)
  }

  tellOthers(sessionId: string, except: string | null, event: LinkEvent): void {
    for (const peer of this.peers) if (peer.me.id !== except && peer.heard.has(sessionId)) peer.tell(event)
  }

  tellOperator(operator: Operator): void {
    this.operators.set(operator.id, operator)
    for (const peer of this.peers)
      if (peer.watched.size > 0) peer.tell({ name: 'operator.changed', operator })
  }

  listed(list: SessionList, me: Me): Session[] {
    return [...this.sessions.values()]
      .filter(({ session }) => belongs(list, session, me.id))
      .map(found => this.seenBy(found, me))
  }

  private tellLists(id: string): void {
    const session = this.sessions.get(id)?.told()
    if (!session) return
    for (const { watched, me, tell } of this.peers)
      for (const [list, shown] of watched) {
        if (belongs(list, session, me.id)) {
          shown.add(id)
          tell({ name: 'session.listed', list, session })
        } else if (shown.delete(id)) {
          tell({ name: 'session.unlisted', list, sessionId: id })
        }
      }
  }

  /** kill -9: every link ends at once, and nobody gets through. */
  down(): void {
    this.reachable = false
    this.cut()
  }

  up(): void {
    this.reachable = true
  }

  cut(): void {
    for (const peer of [...this.peers]) peer.cut()
  }
}

function belongs(list: SessionList, session: Session, reader: string): boolean {
  switch (list) {
    case 'mine':
      return session.status === 'active' && session.operatorId === reader
    case 'queue':
      return session.status === 'waiting'
    case 'active':
      return session.status !== 'ended'
    case 'team':
      return session.type !== 'support' && session.participants.includes(reader)
  }
}
