import { Duplex } from 'node:stream'
import type { EmbeddedWire } from './wire.ts'

/** Stands where the pg client expects a socket; carries its messages to the embedded database's thread. */
export class EmbeddedStream extends Duplex {
  readonly #wire: EmbeddedWire
  #connection = 0

  constructor(wire: EmbeddedWire) {
    super()
    this.#wire = wire
  }

  connect(): this {
    try {
      this.#connection = this.#wire.open(this)
      process.nextTick(() => this.emit('connect'))
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)))
    }
    return this
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#wire.send(this.#connection, pack([chunk]))
    done()
  }

  /** pg corks the parts of one query, so they come here together and travel as one. */
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#wire.send(this.#connection, pack(chunks.map(({ chunk }) => chunk)))
    done()
  }

  override _final(done: () => void): void {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#wire.forget(this.#connection)
    done(error)
  }

  // What else pg calls on a socket means nothing here.
  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }
}

/** A buffer of its own, which can be handed over to the thread: pg's are slices of larger ones. */
function pack(chunks: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    packed.set(chunk, offset)
    offset += chunk.length
  }
  return packed
}
