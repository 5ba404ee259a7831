import { Failure } from '@parley/contracts'

/** The calls that have begun and not been answered, so that a server can stop without leaving one half-way. */
export class UnderWay {
  #count = 0
  #emptied: (() => void) | null = null

  /** Throws once the server stops: what it refuses, clients ask again elsewhere. */
  enter(): void {
    if (this.#emptied) throw new Failure('unavailable', { reason: 'stopping' })
    this.#count += 1
  }

  leave(): void {
    this.#count -= 1
    if (this.#count === 0) this.#emptied?.()
  }

  /** From now on nothing new may enter; resolves when what was under way has left. */
  drain(): Promise<void> {
    return new Promise(resolve => {
      this.#emptied = resolve
      if (this.#count === 0) resolve()
    })
  }
}
