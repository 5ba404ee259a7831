import { Failure, isStaff, type Message } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import type { AppendRequest, AppendResult } from '../ports/store/message-store.ts'
import type { Store } from '../ports/store.ts'

type Refusal = Extract<AppendResult, { kind: 'refused' }>['code']

/** The message as it is stored; a refusal is thrown. */
export async function append(store: Store, caller: Caller, request: AppendRequest): Promise<Message> {
  const result = await store.append(request)
  if (result.kind === 'refused') throw await writeFailure(store, caller, request.sessionId, result.code)
  return result.message
}

export async function writeFailure(
  store: Pick<Store, 'sessions'>,
  caller: Caller,
  sessionId: string,
  code: Refusal,
): Promise<Failure> {
  if (code === 'conflict') return new Failure('conflict', { reason: 'client_message_id' })
  if (code === 'not_found' && (await knowsOf(store, caller, sessionId))) return new Failure('forbidden')
  return new Failure(code)
}

/** Staff know every support session, but may write only into those they take part in (M9). */
async function knowsOf(store: Pick<Store, 'sessions'>, caller: Caller, sessionId: string): Promise<boolean> {
  if (caller.kind !== 'person' || !isStaff(caller.role)) return false
  const [session] = await store.sessions([sessionId], null)
  return session?.type === 'support'
}
