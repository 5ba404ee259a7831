import type { Message } from '@parley/contracts'
import type { Surroundings } from './surroundings.ts'
import type { Answer, In } from './wire.ts'

interface Letter {
  readonly sessionId: string
  readonly text: string
}

type Send = (input: In<'message.send'>) => Promise<Answer | null>

/** Refusals that no retry changes. */
const FINAL: ReadonlySet<string> = new Set(['session_ended', 'not_found', 'forbidden', 'not_friends'])

/** What a client has written and nobody has acknowledged: sent again with the same id until somebody does. */
export class Outbox {
  private readonly waiting = new Set<Letter>()
  private written = 0
  private readonly around: Surroundings
  private readonly userId: string
  private readonly send: Send

  constructor(around: Surroundings, userId: string, send: Send) {
    this.around = around
    this.userId = userId
    this.send = send
  }

  isEmpty(): boolean {
    return this.waiting.size === 0
  }

  write(sessionId: string): void {
    this.written++
    const letter = { sessionId, text: `${this.userId} ${this.written}` }
    this.waiting.add(letter)
    this.keepSending(letter).catch(this.around.fail)
  }

  /** Without waiting for the first try to fail, a hasty client now and then tries again. */
  private async keepSending(letter: Letter): Promise<void> {
    const { clock, random } = this.around
    while (this.waiting.has(letter)) {
      const attempt = this.attempt(letter)
      if (random.happens(0.2)) await this.attempt(letter)
      await attempt
      if (this.waiting.has(letter)) await clock.sleep(random.between(100, 1000))
    }
  }

  private async attempt(letter: Letter): Promise<void> {
    const { sessionId, text } = letter
    const answer = await this.send({ ...blank, sessionId, text, clientMessageId: text })
    if (answer?.ok) {
      this.waiting.delete(letter)
      this.around.ledger.acknowledged(text, answer.output as Message)
    } else if (answer && FINAL.has(answer.code)) {
      this.waiting.delete(letter)
      if (answer.code === 'session_ended') this.around.ledger.refusedAsEnded(text, sessionId)
    } else if (answer && answer.code !== 'unavailable') throw new Error(`a send was refused: ${answer.code}`)
  }
}

const blank = {
  receiverId: undefined,
  senderId: undefined,
  senderType: undefined,
  type: undefined,
  fileUrl: undefined,
  fileName: undefined,
  fileSize: undefined,
  replyTo: undefined,
} as const
