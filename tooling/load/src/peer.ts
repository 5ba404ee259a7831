import { io, type Socket } from 'socket.io-client'
import type { Member, Pair } from './figures.ts'
import { type Heard, Listener } from './listener.ts'

const TEXT = 'The quick brown fox jumps over the lazy dog, and then it writes a message of a usual length.'

interface Answer {
  readonly ok: boolean
}

/** What all peers of a run write down. */
export interface Notes {
  readonly run: string
  measuring: boolean
  readonly sentAt: Map<string, number>
  readonly acknowledged: Set<string>
  readonly ackTimes: number[]
  readonly deliveryTimes: number[]
  refused: number
}

/** One member of a session, on a stock client. */
export class Peer {
  readonly listener = new Listener()
  readonly sessionId: string
  /** Sent and not answered. */
  open = 0
  private count = 0
  private readonly notes: Notes
  private readonly socket: Socket
  private readonly member: Member

  constructor(notes: Notes, socket: Socket, session: Pair, member: Member) {
    this.notes = notes
    this.socket = socket
    this.member = member
    this.sessionId = session.sessionId
    socket.on('new_message', (message: Heard) => this.hear(message))
  }

  static async join(notes: Notes, url: string, session: Pair, member: Member): Promise<Peer> {
    const auth = { ...member }
    const socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('connect_error', reject)
    })
    const peer = new Peer(notes, socket, session, member)
    const joined: Answer = await socket.emitWithAck('join_session', { sessionId: session.sessionId })
    if (!joined.ok) throw new Error(`join refused: ${JSON.stringify(joined)}`)
    return peer
  }

  send(): void {
    const { notes } = this
    const clientMessageId = this.idOf(++this.count)
    const start = performance.now()
    this.open++
    if (notes.measuring) notes.sentAt.set(clientMessageId, start)
    const payload = { sessionId: this.sessionId, message: TEXT, clientMessageId }
    this.socket.emit('send_message', payload, (answer: Answer) => {
      this.open--
      if (!answer.ok) {
        notes.refused++
        return
      }
      notes.acknowledged.add(clientMessageId)
      if (notes.sentAt.has(clientMessageId)) notes.ackTimes.push(performance.now() - start)
    })
  }

  /** Its messages that were acknowledged. */
  acknowledged(): string[] {
    const ids = Array.from({ length: this.count }, (_, n) => this.idOf(n + 1))
    return ids.filter(id => this.notes.acknowledged.has(id))
  }

  leave(): void {
    this.socket.disconnect()
  }

  private idOf(n: number): string {
    return `${this.notes.run}-${this.member.userId}-${n}`
  }

  private hear(message: Heard): void {
    this.listener.hear(message)
    if (message.senderId === this.member.userId) return
    const sent = this.notes.sentAt.get(message.clientMessageId)
    if (sent !== undefined) this.notes.deliveryTimes.push(performance.now() - sent)
  }
}
