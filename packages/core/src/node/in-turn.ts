/** Runs what bears the same key one after the other, in the order in which it came. */
export class InTurn {
  private readonly last = new Map<string, Promise<unknown>>()

  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.last.get(key)
    const mine = before === undefined ? task() : before.then(task, task)
    this.last.set(key, mine)
    const forget = () => {
      if (this.last.get(key) === mine) this.last.delete(key)
    }
    mine.then(forget, forget)
    return mine
  }

  size(): number {
    return this.last.size
  }
}
