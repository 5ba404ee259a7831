import { Failure, isStaff, type Role } from '@parley/contracts'
import type { CoreSettings } from '../node/chat-node.ts'
import type { Sight } from '../ports/store/people-store.ts'
import type { Caller } from './caller.ts'

type Rule = Pick<CoreSettings, 'directMessages'>

/** Whom a person sees (U1). */
export function sightOfPerson(userId: string, role: Role, { directMessages }: Rule): Sight {
  if (isStaff(role)) return { kind: 'all' }
  if (role === 'user' && directMessages === 'anyone') return { kind: 'accounts' }
  return { kind: 'peers', of: userId }
}

/** Whom the caller sees. */
export function sightOf(caller: Caller, settings: Rule): Sight {
  switch (caller.kind) {
    case 'anyone':
      throw new Failure('unauthorized')
    case 'key':
      return { kind: 'all' }
    case 'person':
      return sightOfPerson(caller.userId, caller.role, settings)
  }
}

/** Is the caller shown everybody's e-mail and phone (U2)? */
export const seesContacts = (caller: Caller): boolean =>
  caller.kind === 'key' || (caller.kind === 'person' && isStaff(caller.role))
