import { Failure } from '@parley/contracts'
import type { Person } from '@parley/core'
import { OPEN_KEY_ID } from '../../operations/types.ts'
import type { LiveContext, LiveDoorParts } from './live-door.ts'

/** Who an open-mode connection without a token says it is. Without a `userId`: a new anonymous visitor. */
export interface Claim {
  readonly userId?: unknown
  readonly name?: unknown
}

/** Open mode takes its word: it gets the token that `POST /api/auth/token` gives without a proof, and is who that says. */
export async function believe(
  { run, identify }: Pick<LiveDoorParts, 'run' | 'identify'>,
  claim: Claim,
  context: LiveContext,
  requestId: string,
): Promise<Person> {
  const { token } = await run(
    'auth.token',
    { ...context, caller: { kind: 'key', keyId: OPEN_KEY_ID }, connection: null, requestId, cookie: null },
    claim,
  )
  const caller = await identify(
    { bearer: token, apiKey: null, consoleCookie: null, open: false },
    context.address,
  )
  if (caller.kind !== 'person') throw new Failure('unauthorized')
  return caller
}
