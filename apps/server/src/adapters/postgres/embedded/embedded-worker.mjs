// @ts-check
// Plain JavaScript: Node itself loads a worker thread's file, and Node 20 reads no TypeScript.
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'

/** @typedef {import('./protocol.ts').FromWorker} FromWorker */
/** @typedef {import('./protocol.ts').ToWorker} ToWorker */

if (parentPort === null) throw new Error('This file runs as a worker thread only.')
const port = parentPort
/** @type {import('./protocol.ts').WorkerSettings} */
const { folder } = workerData

/** What PostgreSQL said first on its way down: the error that PGlite throws says only that it aborted. */
let firstWords = ''

/** @param {FromWorker} message @param {ArrayBuffer[]} [transfer] */
const tell = (message, transfer) => port.postMessage(message, transfer)

/** @param {string} dataDir */
function start(dataDir) {
  return PGlite.create({
    dataDir,
    extensions: { pg_trgm },
    onStderr: line => {
      if (/FATAL|PANIC/.test(line)) firstWords ||= line.replace(/^.*?(FATAL|PANIC): +/, '')
      return false
    },
  })
}

/** Fills a new folder under another name first: one that a killed process left half-filled would never open. */
async function create() {
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  const db = await start(unfinished)
  await db.close()
  await rename(unfinished, folder)
}

/** @param {string} sql */
function simpleQuery(sql) {
  const message = Buffer.from(`Q....${sql}\0`)
  message.writeInt32BE(message.length - 1, 1)
  return new Uint8Array(message)
}

/** What the last client left open is nothing to the next. @param {PGlite} db */
function resetSession(db) {
  if (db.isInTransaction()) db.execProtocolRawSync(simpleQuery('ROLLBACK'))
  db.execProtocolRawSync(simpleQuery('DISCARD ALL'))
}

/** @param {PGlite} db @param {number} connection @param {Uint8Array} request */
async function answer(db, connection, request) {
  await db.execProtocolRawStream(request, {
    onRawData: bytes => {
      const copy = new Uint8Array(bytes) // `bytes` is a view of PGlite's own memory
      tell({ type: 'data', connection, bytes: copy }, [copy.buffer])
    },
  })
}

/** PGlite goes on after PostgreSQL has given up, and answers nobody any more. */
function mustLive() {
  if (firstWords !== '') throw new Error(firstWords)
}

/** @param {PGlite} db @param {ToWorker} message */
async function handle(db, message) {
  if (message.type === 'data') await answer(db, message.connection, message.bytes)
  else resetSession(db)
  mustLive()
  if (message.type !== 'close') return
  db.execProtocolRawSync(simpleQuery('CHECKPOINT'))
  mustLive()
  await db.close()
  port.close()
}

/** Nothing is known of the database's memory after this: the thread ends, and with it the server. @param {unknown} error */
function fail(error) {
  tell({ type: 'failed', reason: firstWords || (error instanceof Error ? error.message : String(error)) })
  port.close()
}

try {
  if (!existsSync(join(folder, 'PG_VERSION'))) await create()
  const db = await start(folder)
  let turn = Promise.resolve() // one message after the other
  port.on('message', message => {
    turn = turn.then(() => handle(db, message)).catch(fail)
  })
  tell({ type: 'ready' })
} catch (error) {
  fail(error)
}
