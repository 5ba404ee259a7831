import { Failure, isStaff } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { invalid } from '../access/invalid.ts'
import type { Handler } from '../node/handler.ts'
import type { AppendResult } from '../ports/store/message-store.ts'
import type { Store } from '../ports/store.ts'
import { contentOf } from './content.ts'
import { knownFile } from './own-file.ts'
import { senderOf } from './sender.ts'

/** The store looks at the session and the sender's part in it as it appends: nothing is read before. */
export const messageSend: Handler<'message.send'> = async ({ store, ids, settings }, { caller }, input) => {
  const { sessionId, clientMessageId, replyTo } = input
  const sender = await senderOf(store, caller, input)
  const content = contentOf(input, caller, settings)
  const file = content.file && (await knownFile(store, caller, content.file))
  if (replyTo !== undefined) await checkReply(store, sessionId, replyTo)
  // Field by field: copying with `...` showed in profiles, here where every message comes through.
  const result = await store.append({
    id: ids.next(),
    sessionId,
    senderId: sender.senderId,
    senderType: sender.senderType,
    mustTakePart: sender.mustTakePart,
    text: content.text,
    type: content.type,
    file,
    clientMessageId: clientMessageId ?? null,
    receiverId: null,
    replyTo: replyTo ?? null,
    forwardedFrom: null,
  })
  if (result.kind === 'refused') throw await failureOf(store, caller, sessionId, result.code)
  return result.message
}

async function checkReply(store: Store, sessionId: string, messageId: string): Promise<void> {
  const message = await store.message(messageId)
  if (message?.sessionId !== sessionId) throw invalid('replyTo', 'must be a message of this session')
}

type Refusal = Extract<AppendResult, { kind: 'refused' }>['code']

async function failureOf(store: Store, caller: Caller, sessionId: string, code: Refusal): Promise<Failure> {
  if (code === 'conflict') return new Failure('conflict', { reason: 'client_message_id' })
  if (code === 'not_found' && (await knowsOf(store, caller, sessionId))) return new Failure('forbidden')
  return new Failure(code)
}

/** Staff know every support session, but may write only into those they take part in (M9). */
async function knowsOf(store: Store, caller: Caller, sessionId: string): Promise<boolean> {
  if (caller.kind !== 'person' || !isStaff(caller.role)) return false
  const [session] = await store.sessions([sessionId], null)
  return session?.type === 'support'
}
