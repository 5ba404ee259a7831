/** A binary heap: the least first. */
export class Heap<T> {
  private readonly items: T[] = []
  private readonly compare: (a: T, b: T) => number

  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare
  }

  peek(): T | undefined {
    return this.items[0]
  }

  push(item: T): void {
    this.items.push(item)
    this.rise(this.items.length - 1)
  }

  pop(): T | undefined {
    const [least] = this.items
    const last = this.items.pop()
    if (this.items.length > 0 && last !== undefined) {
      this.items[0] = last
      this.sink(0)
    }
    return least
  }

  private rise(start: number): void {
    let at = start
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.isLess(at, parent)) return
      this.swap(at, parent)
      at = parent
    }
  }

  private sink(start: number): void {
    let at = start
    for (;;) {
      const left = 2 * at + 1
      const smaller = this.isLess(left + 1, left) ? left + 1 : left
      if (!this.isLess(smaller, at)) return
      this.swap(at, smaller)
      at = smaller
    }
  }

  private isLess(a: number, b: number): boolean {
    const [first, second] = [this.items[a], this.items[b]]
    return first !== undefined && second !== undefined && this.compare(first, second) < 0
  }

  private swap(a: number, b: number): void {
    const [first, second] = [this.items[a], this.items[b]]
    if (first === undefined || second === undefined) return
    this.items[a] = second
    this.items[b] = first
  }
}
