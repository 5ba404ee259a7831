import type { Me, Message, MessageFile, SenderType, Session } from '../contract-types.ts'
import { STATUS_ORDER } from '../sync/merge.ts'
import type { OutgoingEntry, PendingUpload } from '../sync/outgoing-entry.ts'
import type { SessionState } from '../sync/session-state.ts'
import type { Quote, SendOptions, StoredMessage, TimelineMessage, UnsentMessage } from '../types.ts'

/** In a support session everything its visitor wrote is theirs, also what they wrote before they were known. */
export const isMine = (message: Message, session: Session | null, me: string | null): boolean =>
  me !== null &&
  (message.senderId === me ||
    (session?.type === 'support' && session.userId === me && message.senderType === 'user'))

/** How far all the others have come; nothing counts where there is nobody. */
function allOthers(
  state: SessionState,
  me: string | null,
): { readonly delivered: number; readonly read: number } {
  const others = state.session?.participants.filter(userId => userId !== me) ?? []
  const marks = others.map(userId => state.marks.find(mark => mark.userId === userId))
  const least = (of: 'deliveredSeq' | 'readSeq') =>
    others.length === 0 ? 0 : Math.min(...marks.map(mark => mark?.[of] ?? 0))
  return {
    delivered: Math.max(state.delivered, state.read, least('deliveredSeq')),
    read: Math.max(state.read, least('readSeq')),
  }
}

const senderTypeOf = (me: Me | null): SenderType => {
  if (me === null || me.role === 'visitor' || me.role === 'user') return 'user'
  return me.role === 'system' ? 'system' : 'operator'
}

const NO_FILE: MessageFile = {
  url: '',
  name: null,
  size: null,
  mimeType: null,
  width: null,
  height: null,
  durationMs: null,
  thumbnailUrl: null,
}

const unsentFile = ({ fileUrl, fileName, fileSize }: SendOptions, upload: PendingUpload | null) =>
  fileUrl || upload
    ? {
        ...NO_FILE,
        url: fileUrl ?? '',
        name: fileName ?? null,
        size: fileSize ?? null,
        mimeType: upload?.blob.type ?? null,
      }
    : null

const unsentMessage = (entry: OutgoingEntry, me: Me | null, quote: Quote | null): UnsentMessage => {
  const { clientMessageId, text, options, failed, upload = null } = entry
  const fields = {
    key: clientMessageId,
    clientMessageId,
    mine: true,
    senderId: me?.id ?? '',
    senderType: senderTypeOf(me),
    text,
    type: options.type ?? 'text',
    file: unsentFile(options, upload),
    uploading: upload && { ...upload, total: upload.blob.size },
    replyTo: options.replyTo ?? null,
    quote,
    createdAt: new Date(entry.writtenAt).toISOString(),
  }
  return failed === null ? { ...fields, state: 'waiting' } : { ...fields, state: 'failed', code: failed }
}

const storedMessage = (
  message: Message,
  state: StoredMessage['state'],
  quote: Quote | null,
): StoredMessage => {
  const { sessionId, change, receiverId, status, readBy, readByCount, updatedAt, ...shown } = message
  const mine = state !== 'received'
  return { ...shown, key: (mine && message.clientMessageId) || message.id, mine, state, quote }
}

/** Acknowledged, while something before it is still missing: it would be gone from the screen for a moment. */
const ownAhead = ({ ahead, session }: SessionState, me: string | null): readonly Message[] =>
  ahead.flatMap(event =>
    event.name === 'message.created' && isMine(event.message, session, me) ? event.message : [],
  )

/** Turns what is known into what is shown; an item is the same object until it looks different. */
export function createTimeline() {
  let stored = new Map<Message, StoredMessage>()
  let unsent = new Map<OutgoingEntry, UnsentMessage>()
  return (
    state: SessionState,
    entries: readonly OutgoingEntry[],
    me: Me | null,
  ): readonly TimelineMessage[] => {
    const myId = me?.id ?? null
    const reached = allOthers(state, myId)
    const stateOf = (message: Message): StoredMessage['state'] => {
      if (!isMine(message, state.session, myId)) return 'received'
      const byMarks = message.seq <= reached.read ? 2 : message.seq <= reached.delivered ? 1 : 0
      return STATUS_ORDER[Math.max(byMarks, STATUS_ORDER.indexOf(message.status))] ?? 'sent'
    }
    const messages = [...state.messages, ...ownAhead(state, myId)]
    const byId = new Map(messages.map(message => [message.id, message]))
    const quoted = (id: string | null | undefined): Quote | null => byId.get(id ?? '') ?? null
    const sentIds = new Set(messages.map(message => message.clientMessageId))
    const nextStored = new Map<Message, StoredMessage>()
    for (const message of messages) {
      const now = stateOf(message)
      const before = stored.get(message)
      const quote = quoted(message.replyTo)
      const same = before?.state === now && before.quote === quote
      nextStored.set(message, same ? before : storedMessage(message, now, quote))
    }
    const nextUnsent = new Map<OutgoingEntry, UnsentMessage>()
    for (const entry of entries) {
      if (sentIds.has(entry.clientMessageId)) continue
      const before = unsent.get(entry)
      const quote = quoted(entry.options.replyTo)
      nextUnsent.set(entry, before?.quote === quote ? before : unsentMessage(entry, me, quote))
    }
    stored = nextStored
    unsent = nextUnsent
    return [...stored.values(), ...unsent.values()]
  }
}
