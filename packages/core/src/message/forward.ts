import { Failure, type Message } from '@parley/contracts'
import type { Caller } from '../access/caller.ts'
import { whoActs } from '../access/who-acts.ts'
import type { Deps, Handler } from '../node/handler.ts'
import { append, writeFailure } from './append.ts'
import { isAutomatic } from './content.ts'
import { knownMessage } from './known-message.ts'
import { type Sender, senderOf } from './sender.ts'

/** Every session is looked at before the first gets the message; one that changes meanwhile ends it midway (M27). */
export const messageForward: Handler<'message.forward'> = async (deps, { caller }, input) => {
  const { store, ids } = deps
  const senderId = whoActs(caller, input.userId)
  const { message: first } = await knownMessage(store, caller, input.messageId, ['party', 'key'])
  if (first.recalled) throw new Failure('not_found')
  const sender = await senderOf(store, caller, { senderId, senderType: undefined })
  await checkTargets(deps, caller, sender, input.sessionIds)
  const forwarded: Message[] = []
  for (const [place, sessionId] of input.sessionIds.entries()) {
    const clientMessageId = input.clientMessageIds?.[place] ?? null
    const copy = { ...copyOf(first, caller), ...writerOf(deps, sender), id: ids.next() }
    forwarded.push(await append(store, caller, { ...copy, sessionId, clientMessageId }))
  }
  return forwarded
}

const writerOf = ({ settings }: Deps, { senderId, senderType, mustTakePart }: Sender) => ({
  ...{ senderId, senderType, mustTakePart },
  anyone: settings.directMessages === 'anyone',
})

/** A `system` message is the words of an automatic sender: a person's are its own (M7). */
const copyOf = ({ id, text, type, file }: Message, caller: Caller) => ({
  ...{ text, file, forwardedFrom: id, receiverId: null, replyTo: null },
  type: type === 'system' && !isAutomatic(caller) ? (file ? 'file' : 'text') : type,
})

async function checkTargets(
  deps: Deps,
  caller: Caller,
  sender: Sender,
  sessionIds: readonly string[],
): Promise<void> {
  const { senderType: _, ...writer } = writerOf(deps, sender)
  const refusals = await deps.store.writeRefusals({ ...writer, sessionIds })
  for (const [sessionId, code] of refusals) throw await writeFailure(deps.store, caller, sessionId, code)
}
