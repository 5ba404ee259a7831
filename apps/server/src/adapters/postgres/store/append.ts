import type { Message } from '@parley/contracts'
import { type AppendRequest, type AppendResult, storableFile } from '@parley/core'
import type pg from 'pg'
import { eachItsOwn } from './each-its-own.ts'
import { type Decide, type Gathered, gather } from './gather.ts'
import { type SignUrl, signedFile } from './message-entity.ts'

/** Rows of one batch at most; larger ones gain nothing more. */
const BATCH_MAX = 200

interface Row {
  readonly place: number
  readonly kind: 'stored' | 'duplicate' | 'conflict' | 'not_found' | 'session_ended' | 'not_friends' | 'busy'
  readonly seq: number
  readonly change: number
  readonly at: Date
  /** Of a duplicate the message, of what is stored its receiver. */
  readonly found: string | null
  readonly read_id: string | null
  readonly read_seq: number
  readonly read_sender: string
}

/** What the function `append_messages` reads of a request: see its migration. */
const asJson = (request: AppendRequest) => ({
  id: request.id,
  session: request.sessionId,
  sender: request.senderId,
  sender_type: request.senderType,
  part: request.mustTakePart,
  anyone: request.anyone,
  cmid: request.clientMessageId,
  receiver: request.receiverId,
  text: request.text,
  type: request.type,
  file: request.file && storableFile(request.file),
  reply: request.replyTo,
  forward: request.forwardedFrom,
})

/** Field by field: copying with `...` showed in profiles, here where every message comes through. */
const storedMessage = (request: AppendRequest, { seq, change, at, found }: Row, sign: SignUrl): Message => {
  const createdAt = at.toISOString()
  return {
    id: request.id,
    sessionId: request.sessionId,
    seq,
    change,
    clientMessageId: request.clientMessageId,
    senderId: request.senderId,
    senderType: request.senderType,
    receiverId: found,
    text: request.text,
    type: request.type,
    file: request.file && signedFile(storableFile(request.file), sign),
    replyTo: request.replyTo,
    forwardedFrom: request.forwardedFrom,
    status: 'sent',
    readBy: [],
    readByCount: 0,
    reactions: {},
    recalled: false,
    createdAt,
    updatedAt: createdAt,
  }
}

interface Reading {
  readonly find: (messageId: string) => Promise<Message | null>
  readonly sign: SignUrl
}

async function decisionOf(
  request: AppendRequest,
  row: Row | undefined,
  { find, sign }: Reading,
): Promise<Gathered<AppendResult>> {
  const decided = (result: AppendResult) => ({ kind: 'decided', result }) as const
  if (!row) throw new Error('append_messages has left a request without an answer')
  switch (row.kind) {
    case 'busy':
      return { kind: 'again' }
    case 'stored':
      return decided({ kind: 'stored', message: storedMessage(request, row, sign) })
    case 'duplicate': {
      const message = row.found === null ? null : await find(row.found)
      return message ? decided({ kind: 'duplicate', message }) : { kind: 'again' }
    }
    default:
      return decided({ kind: 'refused', code: row.kind })
  }
}

/** Appends to sessions by group commit: everything that waits goes in one round trip and one commit. */
export function createAppend(pool: pg.Pool, siteId: string, reading: Reading) {
  const ask = async (batch: readonly AppendRequest[]): Promise<readonly Row[]> => {
    const { rows } = await pool.query<Row>({
      name: 'append_messages',
      text: 'SELECT * FROM append_messages($1, $2)',
      values: [siteId, JSON.stringify(batch.map(asJson))],
    })
    return rows
  }

  /** Throws only if nothing is stored: what fails later fails for the one request that it is about. */
  const decide: Decide<AppendRequest, AppendResult> = async batch => {
    const rows = await ask(batch)
    return Promise.all(
      batch.map((request, place) =>
        decisionOf(request, rows[place], reading).catch(
          (error: unknown) => ({ kind: 'failed', error }) as const,
        ),
      ),
    )
  }

  return gather(eachItsOwn(decide), BATCH_MAX)
}
