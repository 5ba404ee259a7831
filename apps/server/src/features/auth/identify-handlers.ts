import { Failure, type Input } from '@parley/contracts'
import type { Person } from '@parley/core'
import type { Handlers, ServerContext } from '../../operations/types.ts'
import type { AuthParts } from './auth-parts.ts'
import { callingPerson } from './calling-person.ts'
import { accountToken, mustBeCustomer, mustBeProved } from './token-handlers.ts'

export const identifyHandlers = (parts: AuthParts): Pick<Handlers, 'auth.identify'> => ({
  'auth.identify': async (context, input) => {
    const caller = callingPerson(context)
    mustBeProved(parts, input.userId, input.userHash)
    const known = await parts.store.account(input.userId)
    if (known !== null) mustBeCustomer(known)
    if (known?.isActive === false) throw new Failure('forbidden')
    const account = await parts.store.saveProfile(input.userId, {
      name: input.name ?? null,
      email: input.email ?? null,
    })
    if (caller.role === 'visitor' && caller.userId !== input.userId)
      await bringAlong(parts, context, caller, input)
    const { token, userId, expiresIn, expiresAt } = await accountToken(parts, context, account)
    return { token, userId, expiresIn, expiresAt }
  },
})

/** The visitor's open session goes to the user. One who is a user already keeps what is its own. */
async function bringAlong(
  parts: AuthParts,
  context: ServerContext,
  caller: Person,
  input: Input<'auth.identify'>,
): Promise<void> {
  const outcome = await parts.turn({
    kind: 'identify',
    visitorId: caller.userId,
    userId: input.userId,
    name: input.name ?? null,
    actor: { kind: 'person', id: caller.userId, actingFor: null },
    requestId: context.requestId,
  })
  if (outcome.kind === 'refused') throw new Failure(outcome.code)
}
