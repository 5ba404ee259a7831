import type { Link, LinkEvent, LinkListener, LinkOperation, OpenLink } from '../connection/link.ts'
import type { MessageFile, Output, RawInput } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import type { SimPeer, SimServer } from './sim-server.ts'
import type { SimSession } from './sim-session.ts'

type Fields = Readonly<Record<string, never>>

const isVisible = (found: SimSession, { me }: SimPeer) =>
  me.role === 'operator' || found.session.participants.includes(me.id)

function syncOne(server: SimServer, peer: SimPeer, found: SimSession, cursor: number, limit: number) {
  const news = found.since(cursor)
  const messages = news.slice(0, limit)
  const complete = news.length <= limit
  const upTo = complete ? found.session.lastChange : (messages.at(-1)?.change ?? cursor)
  if (complete) peer.heard.add(found.session.id)
  return { messages, session: server.seenBy(found, peer.me), upTo, complete }
}

function sync(server: SimServer, peer: SimPeer, input: RawInput<'session.sync'>): Output<'session.sync'> {
  const cursors = input.sessions ?? {}
  const answer: Output<'session.sync'> = { sessions: {}, unknown: [], others: [], more: false }
  let room = server.syncRoom
  for (const [id, cursor] of Object.entries(cursors)) {
    const found = server.sessions.get(id)
    if (found && isVisible(found, peer)) {
      const synced = syncOne(server, peer, found, cursor, Math.min(room, Number(input.limit ?? 200)))
      answer.sessions[id] = synced
      room -= synced.messages.length
    } else answer.unknown.push(id)
  }
  for (const [id, found] of server.sessions) {
    if (id in cursors || !found.session.participants.includes(peer.me.id)) continue
    answer.others.push(server.seenBy(found, peer.me))
    peer.heard.add(id)
  }
  return answer
}

const fileOf = ({ fileUrl, fileName, fileSize }: Fields): MessageFile | null =>
  fileUrl === undefined
    ? null
    : {
        url: fileUrl,
        name: fileName ?? null,
        size: fileSize ?? null,
        mimeType: null,
        width: null,
        height: null,
        durationMs: null,
        thumbnailUrl: null,
      }

/** What each operation does; its input comes unchecked, as from a wire. */
function perform(server: SimServer, peer: SimPeer, operation: LinkOperation, input: object): unknown {
  const fields = input as Fields
  switch (operation) {
    case 'session.sync':
      return sync(server, peer, input)
    case 'session.watch': {
      const sessions = server.listed(fields['list'] as never, peer.me)
      peer.watched.set(fields['list'] as never, new Set(sessions.map(({ id }) => id)))
      return { list: fields['list'], sessions, total: sessions.length }
    }
    case 'session.unwatch':
      peer.watched.delete(fields['list'] as never)
      return { list: fields['list'] }
    case 'message.send':
      return server.send(peer.me, String(fields['sessionId']), {
        text: String(fields['text']),
        clientMessageId: fields['clientMessageId'] ?? null,
        replyTo: fields['replyTo'] ?? null,
        type: fields['type'] ?? 'text',
        file: fileOf(fields),
      })
    case 'inbox.open':
      peer.inbox = true
      for (const [id, { session }] of server.sessions)
        if (session.participants.includes(peer.me.id)) peer.heard.add(id)
      return {}
    case 'user.set-status':
      server.say(peer.me.id, fields['status'] as never)
      return { userId: peer.me.id, status: fields['status'], lastSeen: null }
    case 'message.read':
      return server.read(peer.me, String(fields['messageId']))
    case 'typing.set': {
      const sessionId = String(fields['sessionId'])
      const isTyping = Boolean(fields['isTyping'])
      const userType = peer.me.role === 'operator' ? 'operator' : 'user'
      const event: LinkEvent = { name: 'typing.changed', sessionId, userId: peer.me.id, userType, isTyping }
      server.tellOthers(sessionId, peer.me.id, event)
      return { sessionId }
    }
  }
}

/** A link whose packets take their turn, in order, and need no time. */
class SimLink implements Link {
  private state: 'opening' | 'open' | 'dead' = 'opening'
  private readonly server: SimServer
  private readonly listener: LinkListener
  private readonly pending = new Set<(error: ParleyError) => void>()
  private peer: SimPeer | null = null

  constructor(server: SimServer, token: string | null, listener: LinkListener) {
    this.server = server
    this.listener = listener
    void Promise.resolve().then(() => this.shakeHands(token))
  }

  private shakeHands(token: string | null): void {
    if (this.state === 'dead') return
    const me = this.server.people.get(token ?? 'cookie')
    const refusal = this.server.reachable ? this.server.refusal : new ParleyError('unreachable')
    if (refusal || !me) {
      this.die(refusal ?? new ParleyError('unauthorized'))
      return
    }
    this.state = 'open'
    this.peer = {
      me,
      heard: new Set(),
      inbox: false,
      watched: new Map(),
      tell: event => void Promise.resolve().then(() => this.state === 'open' && this.listener.event(event)),
      cut: () => this.die(new ParleyError('unreachable')),
    }
    this.server.peers.add(this.peer)
    this.listener.opened()
  }

  private die(error: ParleyError): void {
    if (this.state === 'dead') return
    this.close()
    this.listener.closed(error)
  }

  close(): void {
    this.state = 'dead'
    if (this.peer) this.server.peers.delete(this.peer)
    for (const reject of this.pending) reject(new ParleyError('unreachable'))
    this.pending.clear()
  }

  request<N extends LinkOperation>(operation: N, input: RawInput<N>): Promise<Output<N>> {
    return new Promise((resolve, reject) => {
      if (this.state !== 'open') return reject(new ParleyError('unreachable'))
      this.pending.add(reject)
      void Promise.resolve().then(() => {
        if (this.state !== 'open') return
        try {
          const answer = this.answer(operation, input as object)
          void Promise.resolve(answer).then(value => resolve(value as Output<N>))
        } catch (error) {
          reject(error)
        }
        this.pending.delete(reject)
      })
    })
  }

  private answer(operation: LinkOperation, input: object): unknown {
    const { server, peer } = this
    if (!peer) throw new ParleyError('unreachable')
    server.asked.push(operation)
    const failure = server.failNext.shift()
    if (failure) throw failure
    const answer = perform(server, peer, operation, input)
    if (server.loseAnswers > 0) {
      server.loseAnswers -= 1
      this.die(new ParleyError('unreachable'))
    }
    return answer
  }
}

export const simLink =
  (server: SimServer): OpenLink =>
  ({ token }, listener) =>
    new SimLink(server, token, listener)
