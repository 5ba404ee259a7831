import type { Clock } from '../../ports/clock.ts'
import type { Ids } from '../../ports/ids.ts'
import type { Random } from './random.ts'

/** UUIDv7 from the simulated clock and dice: later ones sort after earlier ones. */
export class SimIds implements Ids {
  private counter = 0
  private readonly clock: Pick<Clock, 'now'>
  private readonly random: Random

  constructor(clock: Pick<Clock, 'now'>, random: Random) {
    this.clock = clock
    this.random = random
  }

  next(): string {
    const time = hex(this.clock.now(), 12)
    const count = hex(this.counter++, 9)
    const noise = hex(this.random.between(0, 0xffff_ffff), 8)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3, 6)}-${count.slice(6)}${noise}0`
  }

  chance(): number {
    return this.random.next()
  }
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').slice(-digits)
