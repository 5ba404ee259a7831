import { Failure, type Input, isStaff, type Role, type SenderType } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { whoActs } from '../access/who-acts.ts'
import type { AccountStore } from '../ports/store/account-store.ts'

/** In whose name a message is stored, and whether that one must take part in the session (M8–M10). */
export interface Sender {
  readonly senderId: string
  readonly senderType: SenderType
  readonly mustTakePart: boolean
}

function senderTypeOf(role: Role): SenderType {
  if (role === 'system') return 'system'
  return isStaff(role) ? 'operator' : 'user'
}

export async function senderOf(
  store: Pick<AccountStore, 'person'>,
  caller: Caller,
  { senderId: claimedId, senderType: claimedType }: Pick<Input<'message.send'>, 'senderId' | 'senderType'>,
): Promise<Sender> {
  const senderId = whoActs(caller, claimedId, 'senderId')
  if (caller.kind === 'person') {
    return { senderId, senderType: senderTypeOf(caller.role), mustTakePart: caller.role !== 'system' }
  }
  if (caller.kind !== 'key') throw new Failure('unauthorized')
  const person = await store.person(senderId)
  const senderType = person ? senderTypeOf(person.role) : (claimedType ?? 'user')
  return { senderId, senderType, mustTakePart: false }
}
