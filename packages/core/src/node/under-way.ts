/** Counts what is under way, so that stopping can wait for it. */
export class UnderWay {
  private count = 0
  private readonly waiting: (() => void)[] = []

  async during<T>(task: Promise<T>): Promise<T> {
    this.count++
    try {
      return await task
    } finally {
      this.count--
      if (this.count === 0) for (const resolve of this.waiting.splice(0)) resolve()
    }
  }

  async settled(): Promise<void> {
    if (this.count > 0) await new Promise<void>(resolve => this.waiting.push(resolve))
  }
}
