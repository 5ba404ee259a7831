import { randomFillSync } from 'node:crypto'
import type { Ids } from '@parley/core'
import { v7 } from 'uuid'

/** Random bytes are drawn for so many ids at once: asking the system for each one showed in profiles. */
const DRAWN_AT_ONCE = 256
const BYTES = 16
const SEQ_MAX = 0xffff_ffff

const random = new Uint8Array(DRAWN_AT_ONCE * BYTES)
let next = random.length
let lastMs = 0
let seq = 0

function drawn(): Uint8Array {
  if (next === random.length) {
    randomFillSync(random)
    next = 0
  }
  next += BYTES
  return random.subarray(next - BYTES, next)
}

/** UUIDv7 by RFC 9562: within a process later ones sort after earlier ones, in one millisecond and if the clock goes back. */
function uuid(): string {
  const bytes = drawn()
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    // Begins low enough that a millisecond does not use it up.
    seq = ((bytes[6] ?? 0) << 16) | ((bytes[7] ?? 0) << 8) | (bytes[8] ?? 0)
  } else if (seq === SEQ_MAX) {
    lastMs += 1
    seq = 0
  } else seq += 1
  return v7({ random: bytes, msecs: lastMs, seq })
}

export const systemIds: Ids = { next: uuid, chance: Math.random }
