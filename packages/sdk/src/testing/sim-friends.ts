import type { LinkEvent } from '../connection/link.ts'
import type { Friend, FriendRequest, PersonStatus } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import { simUser } from './sim-people.ts'

const AT = '2026-01-01T00:00:00.000Z'

/** Who is friends with whom, and who has asked whom. */
export class SimFriends {
  private readonly pairs = new Set<string>()
  /** `asker asked` → what was said. */
  private readonly asked = new Map<string, string | null>()
  private readonly remarks = new Map<string, string>()
  private readonly blocks = new Set<string>()
  private readonly tell: (userId: string, event: LinkEvent) => void

  private readonly statusOf: (userId: string) => PersonStatus

  constructor(tell: (userId: string, event: LinkEvent) => void, statusOf: (userId: string) => PersonStatus) {
    this.tell = tell
    this.statusOf = statusOf
  }

  private static pair = (a: string, b: string) => [a, b].toSorted().join(' ')

  friend(me: string, friendId: string): Friend {
    const remark = this.remarks.get(`${me} ${friendId}`) ?? null
    const status = this.statusOf(friendId)
    return { ...simUser(friendId, { status }), friendId, remark, friendSince: AT }
  }

  private request(from: string, to: string, reader: string): FriendRequest {
    return {
      id: `${from}-${to}`,
      userId: from,
      friendId: to,
      user: simUser(reader === from ? to : from),
      message: this.asked.get(`${from} ${to}`) ?? null,
      status: this.pairs.has(SimFriends.pair(from, to)) ? 'accepted' : 'pending',
      createdAt: AT,
    }
  }

  list = (me: string): Friend[] =>
    [...this.pairs]
      .map(pair => pair.split(' '))
      .filter(pair => pair.includes(me))
      .map(pair => this.friend(me, pair.find(id => id !== me) ?? me))

  requests = (me: string, from: 'others' | 'me'): FriendRequest[] =>
    [...this.asked.keys()]
      .map(key => key.split(' '))
      .filter(([a, b]) => (from === 'me' ? a : b) === me)
      .map(([a = '', b = '']) => this.request(a, b, me))

  befriend(a: string, b: string): void {
    this.pairs.add(SimFriends.pair(a, b))
    this.asked.delete(`${a} ${b}`)
    this.asked.delete(`${b} ${a}`)
    this.tell(a, { name: 'friend.added', friend: this.friend(a, b) })
    this.tell(b, { name: 'friend.added', friend: this.friend(b, a) })
  }

  ask(from: string, to: string, message: string | null): FriendRequest {
    if (this.asked.has(`${to} ${from}`)) {
      this.befriend(from, to)
      return this.request(from, to, from)
    }
    this.asked.set(`${from} ${to}`, message)
    if (!this.blocks.has(`${to} ${from}`))
      this.tell(to, { name: 'friend.requested', request: this.request(from, to, to) })
    return this.request(from, to, from)
  }

  accept(me: string, from: string): Friend {
    if (!this.asked.has(`${from} ${me}`)) throw new ParleyError('not_found')
    this.befriend(me, from)
    return this.friend(me, from)
  }

  drop(from: string, to: string): void {
    if (!this.asked.delete(`${from} ${to}`)) throw new ParleyError('not_found')
  }

  part(me: string, friendId: string): void {
    if (!this.pairs.delete(SimFriends.pair(me, friendId))) throw new ParleyError('not_found')
    for (const userId of [me, friendId]) this.tell(userId, { name: 'friend.removed', userId: me, friendId })
  }

  call(me: string, friendId: string, remark: string): Friend {
    if (remark) this.remarks.set(`${me} ${friendId}`, remark)
    else this.remarks.delete(`${me} ${friendId}`)
    return this.friend(me, friendId)
  }

  block(me: string, userId: string): void {
    this.blocks.add(`${me} ${userId}`)
    this.asked.delete(`${userId} ${me}`)
  }

  unblock(me: string, userId: string): void {
    this.blocks.delete(`${me} ${userId}`)
  }

  blocked = (me: string): string[] =>
    [...this.blocks].map(key => key.split(' ')).flatMap(([a, b = '']) => (a === me ? b : []))
}
