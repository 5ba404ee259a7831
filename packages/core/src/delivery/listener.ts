import type { Happening } from '@parley/contracts'
import type { Connection } from '../ports/connection.ts'

/** A connection that hears a session, or is about to: see `backfill.ts`. */
export interface Listener {
  readonly sessionId: string
  readonly connection: Connection
  /** It has what is up to this change, as an event or in an answer. */
  after: number
  /** The last change that had gone out when it began to listen; null: none had. */
  readonly from: number | null
  /** How many answers that it asked for are not out yet. */
  answersDue: number
  /** What has happened since the first of these was asked for; null while nothing is held back. */
  held: Happening[] | null
  /** False until an answer has let it in. */
  admitted: boolean
  /** It has entered the room, where its person is seen to come and go. */
  inRoom: boolean
  /** Its person takes part in the session, as far as it has come: only then has it marks. */
  takesPart: boolean
  /** It has these messages, without a hole; from > to: none. */
  hasFrom: number
  hasTo: number
  /** The run of messages (`seq`s) that it was given and whose arrival nobody has asked about; to 0: none. */
  runFrom: number
  runTo: number
}

export const newListener = (sessionId: string, connection: Connection, from: number | null): Listener => ({
  sessionId,
  connection,
  from,
  after: 0,
  answersDue: 0,
  held: null,
  admitted: false,
  inRoom: false,
  takesPart: false,
  hasFrom: Number.POSITIVE_INFINITY,
  hasTo: 0,
  runFrom: 0,
  runTo: 0,
})
