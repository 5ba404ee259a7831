import { ERROR_CODES, ERRORS, PROTOCOL_VERSION, SYNC_SESSIONS_MAX, TYPING_LASTS_MS } from '@parley/contracts'
import { describe, expect, it } from 'vitest'
import { ParleyError } from './errors.ts'
import * as protocol from './protocol.ts'

describe('what is written down here so that no page loads Zod', () => {
  it('are the numbers of the contracts', () => {
    expect({ ...protocol }).toEqual({ PROTOCOL_VERSION, SYNC_SESSIONS_MAX, TYPING_LASTS_MS })
  })

  it('agrees with them on which failures are worth another try', () => {
    for (const code of ERROR_CODES)
      expect([code, new ParleyError(code).retry]).toEqual([code, ERRORS[code].retry])
  })
})
