import type { Message, Participant } from '../contract-types.ts'
import { ParleyError } from '../errors.ts'
import type { ChatHandle, Paged, Reader, Readers } from '../types.ts'
import type { Core } from './core.ts'
import { createExcerpt, type ExcerptParts } from './excerpt.ts'
import { createPaged } from './paged.ts'
import type { Persons } from './persons.ts'
import type { BoundHandle } from './session-handle.ts'
import type { SessionModel } from './session-model.ts'
import type { Sessions } from './sessions.ts'

/** So many readers are named. */
const READERS_MAX = 50

interface Parts {
  readonly core: Core
  readonly onAction: ExcerptParts['onAction']
  readonly sessions: Sessions
  readonly persons: Persons
}

function readersOf(message: Message, model: SessionModel): Readers {
  const known = new Map<string, Reader>(message.readBy.map(({ userId, at }) => [userId, { userId, at }]))
  for (const { userId, readSeq } of model.state().marks)
    if (readSeq >= message.seq && userId !== message.senderId && !known.has(userId))
      known.set(userId, { userId, at: null })
  const readers = [...known.values()].slice(0, READERS_MAX)
  return { readers, count: Math.max(message.readByCount, known.size) }
}

/** Who takes part, asked again when somebody comes or goes. */
function createParticipants({ core, persons }: Parts, model: () => SessionModel): Paged<Participant> {
  let stop: (() => void) | null = null
  const peopleOf = () => model().state().session?.participants.join(' ')
  const paged = createPaged<Participant>({
    keyOf: ({ user }) => user.id,
    async fetch(page) {
      const answer = await core.call('session.participants', { sessionId: model().id(), page, limit: 100 })
      persons.told(answer.items.map(({ user }) => user))
      return answer
    },
    onUse(used) {
      stop?.()
      stop = null
      if (!used) return
      let before = peopleOf()
      stop = model().subscribe(() => {
        const now = peopleOf()
        if (now === before) return
        const wasKnown = before !== undefined
        before = now
        if (wasKnown && now !== undefined) void paged.refresh()
      })
    },
  })
  return paged
}

/** A session's handle with what people who chat can do beyond a visitor. */
export function createChatHandle(parts: Parts, { handle, model }: BoundHandle): ChatHandle {
  const { core, sessions } = parts
  let participants: Paged<Participant> | null = null
  /** One for each message and session, so that a repeat after a lost answer sends nothing twice. */
  const forwards = new Map<string, string>()

  const idOf = (): string => {
    const id = model().id()
    if (id === null) throw new ParleyError('conflict', { message: 'The session has not started' })
    return id
  }
  /** The message as it is now; the event of the change may come before or after. */
  const shown = (message: Message) => model().apply({ name: 'page', messages: [message] })

  const forwardId = (messageId: string, sessionId: string) => {
    const key = `${messageId} ${sessionId}`
    const known = forwards.get(key) ?? core.environment.uuid()
    forwards.set(key, known)
    return known
  }
  const forward = async (messageId: string, sessionIds: readonly string[]) => {
    const clientMessageIds = sessionIds.map(sessionId => forwardId(messageId, sessionId))
    const messages = await core.call('message.forward', { messageId, sessionIds, clientMessageIds })
    for (const sessionId of sessionIds) forwards.delete(`${messageId} ${sessionId}`)
    for (const message of messages) sessions.sent(message)
    return messages
  }
  const remove = async (userId: string) => {
    const sessionId = idOf()
    await core.call('session.remove-participant', { sessionId, userId })
  }

  return {
    ...handle,
    async recall(messageId) {
      shown(await core.call('message.recall', { messageId }))
    },
    async delete(messageId) {
      shown(await core.call('message.delete', { messageId }))
    },
    async react(messageId, emoji) {
      shown(await core.call('message.react', { messageId, emoji }))
    },
    forward,
    excerpt: seq => createExcerpt({ ...parts, model }, seq),
    readBy(messageId) {
      const message = model()
        .state()
        .messages.find(({ id }) => id === messageId)
      return message ? readersOf(message, model()) : { readers: [], count: 0 }
    },
    participants() {
      participants ??= createParticipants(parts, model)
      return participants
    },
    async add(userIds) {
      const session = await core.call('session.add-participants', { sessionId: idOf(), userIds })
      model().apply({ name: 'told', session })
    },
    remove,
    async leave() {
      const me = core.me()?.id ?? (await core.call('auth.me')).id
      await remove(me)
      model().close('left')
    },
    async update(change) {
      const session = await core.call('session.update', { sessionId: idOf(), ...change })
      model().apply({ name: 'told', session })
    },
  }
}
