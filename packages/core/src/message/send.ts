import type { MessageFile } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { invalid } from '../access/invalid.ts'
import type { Handler } from '../node/handler.ts'
import type { Store } from '../ports/store.ts'
import { append } from './append.ts'
import { contentOf } from './content.ts'
import { knownFile } from './own-file.ts'
import { senderOf } from './sender.ts'
import { targetOf } from './target.ts'

/** The store looks at the session and the sender's part in it as it appends: of one that is named nothing is read before. */
export const messageSend: Handler<'message.send'> = async (deps, context, input) => {
  const { store, ids, settings } = deps
  const { caller } = context
  const { clientMessageId, replyTo } = input
  const sender = await senderOf(store, caller, input)
  const content = contentOf(input, caller, settings)
  const file = content.file && (await sentFile(store, caller, content.file, sender.senderId, clientMessageId))
  const sessionId = await targetOf(deps, context, sender.senderId, input)
  if (replyTo !== undefined) await checkReply(store, sessionId, sender.senderId, replyTo)
  // Field by field: copying with `...` showed in profiles, here where every message comes through.
  return append(store, caller, {
    id: ids.next(),
    sessionId,
    senderId: sender.senderId,
    senderType: sender.senderType,
    mustTakePart: sender.mustTakePart,
    anyone: settings.directMessages === 'anyone',
    text: content.text,
    type: content.type,
    file,
    clientMessageId: clientMessageId ?? null,
    receiverId: null,
    replyTo: replyTo ?? null,
    forwardedFrom: null,
  })
}

/** What was sent before is not stored again, so its file may be gone by now (M3). */
async function sentFile(
  store: Pick<Store, 'readableFile' | 'hasSent'>,
  caller: Caller,
  file: MessageFile,
  senderId: string,
  clientMessageId: string | undefined,
): Promise<MessageFile | null> {
  try {
    return await knownFile(store, caller, file)
  } catch (refusal) {
    if (clientMessageId !== undefined && (await store.hasSent(senderId, clientMessageId))) return null
    throw refusal
  }
}

/** What the sender doesn't see, it can't answer (M11, M18). */
async function checkReply(
  store: Pick<Store, 'message' | 'part'>,
  sessionId: string,
  senderId: string,
  messageId: string,
): Promise<void> {
  const [message, part] = await Promise.all([store.message(messageId), store.part(sessionId, senderId)])
  if (message?.sessionId !== sessionId || message.seq <= (part?.visibleAfterSeq ?? 0))
    throw invalid('replyTo', 'must be a message of this session')
}
