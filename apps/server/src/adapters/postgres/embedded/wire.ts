import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { isFullDisk, MAKE_ROOM } from './full-disk.ts'
import type { FromWorker, ToWorker, WorkerSettings } from './protocol.ts'

const workerFile = new URL('./embedded-worker.mjs', import.meta.url)

/** The embedded database's thread, and which stream each of its answers belongs to. */
export class EmbeddedWire {
  readonly #worker: Worker
  readonly #streams = new Map<number, Duplex>()
  readonly #ended: Promise<unknown>
  #connections = 0
  #closing = false
  #failure: Error | undefined
  /** Resolves when the database answers, rejects with PostgreSQL's own reason when it does not start. */
  readonly ready: Promise<void>
  /** Resolves when the thread has died by itself; never otherwise. */
  readonly lost: Promise<Error>

  constructor(settings: WorkerSettings) {
    this.#worker = new Worker(workerFile, { workerData: settings })
    this.#ended = once(this.#worker, 'exit')
    const died = new Promise<string>(resolve => {
      this.#worker.on(
        'message',
        (message: FromWorker) => message.type === 'failed' && resolve(message.reason),
      )
      this.#worker.once('error', error => resolve(error instanceof Error ? error.message : String(error)))
      this.#worker.once('exit', code => !this.#closing && resolve(`its thread ended with code ${code}`))
    })
    this.lost = died.then(reason => this.#fail(reason))
    this.ready = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWorker) => message.type === 'ready' && resolve())
      void died.then(reason => reject(new Error(reason)))
    })
    this.#worker.on('message', (message: FromWorker) => {
      if (message.type === 'data') this.#streams.get(message.connection)?.push(message.bytes)
    })
  }

  open(stream: Duplex): number {
    if (this.#failure !== undefined) throw this.#failure
    this.#connections += 1
    this.#streams.set(this.#connections, stream)
    this.#tell({ type: 'open', connection: this.#connections })
    return this.#connections
  }

  send(connection: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#tell({ type: 'data', connection, bytes }, [bytes.buffer])
  }

  forget(connection: number): void {
    this.#streams.delete(connection)
  }

  async close(): Promise<void> {
    this.#closing = true
    if (this.#failure === undefined) this.#tell({ type: 'close' })
    else await this.#worker.terminate()
    await this.#ended
  }

  #tell(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer)
  }

  #fail(reason: string): Error {
    const remedy = isFullDisk(reason) ? MAKE_ROOM : 'Restart the server.'
    const failure = new Error(`The embedded database has stopped: ${reason}. ${remedy}`)
    this.#failure = failure
    for (const stream of this.#streams.values()) stream.destroy(failure)
    return failure
  }
}
