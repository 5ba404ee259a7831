import type { Happening } from '@parley/contracts'
import type { CoreOperation } from '../../node/chat-node.ts'
import { Client } from './client.ts'
import type { Line } from './line.ts'
import type { Copy } from './replica.ts'
import type { In } from './wire.ts'

const EMOJIS = ['👍', '🎉', '❤️']
const EVERYTHING = 500

/** Somebody with an account: makes friends and enemies, opens private sessions and groups, writes, takes back, reacts, leaves. */
export class Member extends Client {
  /** All others whom it may meet. */
  others: readonly string[] = []

  protected override async opened(line: Line): Promise<void> {
    const answer = await line.call('inbox.open', {}, null)
    if (!line.isOpen) return
    if (answer?.ok) {
      line.hearing.inboxOpened()
      // What it came into before, it hears of from now on: but only this says so.
      this.sync()
    } else {
      await this.around.clock.sleep(200)
      await this.opened(line)
    }
  }

  protected heard({ name, data }: Happening): void {
    if (name === 'session.opened') {
      this.line?.hearing.opened(data.session)
      this.replica.show(data.session)
    }
    if (!('change' in data)) return
    const copy = this.replica.copies.get(data.sessionId)
    // What it can't apply it gets by an answer.
    if (copy && (copy.session === null || copy.cursor < data.change)) this.sync()
  }

  async act(): Promise<void> {
    const { random, clock } = this.around
    const [sessionId, copy] = random.pick([...this.replica.copies].slice(-EVERYTHING)) ?? []
    const dice = random.next()
    if (sessionId === undefined || copy === undefined || dice < 0.12) return await this.meet()
    if (dice < 0.4) this.outbox.write(sessionId)
    else if (dice < 0.65) await this.touch(copy)
    else if (dice < 0.85 && copy.session?.type === 'group') await this.change(sessionId, copy)
    else if (dice < 0.9) this.line?.cut()
    else if (dice < 0.93) this.sync()
    else if (this.line?.isOpen && dice < 0.95) await this.opened(this.line)
    else if (this.isHere()) {
      this.goAway()
      clock.after(random.between(100, 6000), () => this.comeIn())
    }
  }

  /** Somebody else, in one way or another. */
  private async meet(): Promise<void> {
    const { random } = this.around
    const otherId = random.pick(this.others)
    if (otherId === undefined) return
    const dice = this.replica.copies.size === 0 ? random.between(6, 10) / 10 : random.next()
    if (dice < 0.3) await this.by('friend.request', { userId: otherId, phone: undefined, message: undefined })
    else if (dice < 0.45) await this.by('friend.accept', { friendId: otherId })
    else if (dice < 0.52) await this.by('friend.remove', { friendId: otherId })
    else if (dice < 0.56) await this.by('friend.block', { userId: otherId })
    else if (dice < 0.62) await this.by('friend.unblock', { userId: otherId })
    else if (dice < 0.8) await this.by('session.private', { userId1: this.userId, userId2: otherId })
    else await this.openGroup(this.others.filter(id => id === otherId || random.happens(0.4)))
  }

  private async openGroup(participantIds: string[]): Promise<void> {
    const showsHistory = this.around.random.happens(0.4)
    await this.by('session.group', { name: 'Band', participantIds, ownerId: undefined, showsHistory })
  }

  /** Takes back, deletes, reacts to, reads a message. */
  private async touch({ messages }: Copy): Promise<void> {
    const { random } = this.around
    const messageId = random.pick([...messages.values()])?.id
    if (messageId === undefined) return
    const what = random.between(1, 5)
    if (what === 1) await this.by('message.recall', { messageId })
    if (what === 2) await this.by('message.delete', { messageId, userId: undefined })
    if (what === 3) await this.by('message.read', { messageId, userId: undefined })
    if (what > 3)
      await this.by('message.react', { messageId, emoji: random.pick(EMOJIS) ?? '👍', userId: undefined })
  }

  /** As its owner, who adds, removes, renames, hands on; who is none is refused, but may go. */
  private async change(sessionId: string, { session }: Copy): Promise<void> {
    const { random } = this.around
    const someone = random.pick(this.others) ?? this.userId
    const participant = random.pick(session?.participants ?? []) ?? this.userId
    const what = random.between(1, 8)
    if (what <= 3) await this.by('session.add-participants', { sessionId, userIds: [someone] })
    if (what === 4 || what === 5)
      await this.by('session.remove-participant', { sessionId, userId: participant })
    if (what === 6) await this.by('session.remove-participant', { sessionId, userId: this.userId })
    if (what >= 7)
      await this.by('session.update', {
        sessionId,
        name: random.pick([undefined, 'Team', 'Band']),
        showsHistory: random.pick([undefined, true, false]),
        ownerId: random.happens(0.2) ? participant : undefined,
      })
  }

  /** What comes of it, it hears. */
  private async by<N extends CoreOperation>(name: N, input: In<N>): Promise<void> {
    await this.byAnyWay(name, input)
  }
}
