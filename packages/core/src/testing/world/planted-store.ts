import type { Store } from '../../ports/store.ts'
import type { MemoryStore } from '../memory-store/memory-store.ts'
import type { State } from '../memory-store/state.ts'
import type { Random } from '../sim/random.ts'

type Plant = (store: MemoryStore, random: Random) => Store

/** Now and then, so that a world has a past before it breaks. */
const SOMETIMES = 0.3

const sessionOf = (rows: State, sessionId: string) => {
  const session = rows.sessions.get(sessionId)
  if (!session) throw new Error(`no session ${sessionId}`)
  return session
}

/** Decides by a limit that is no longer so. */
export const staleLimit: Plant = (store, random) => ({
  ...store,
  async turn(command) {
    const row = random.pick([...store.rows.operators.values()])
    if (!row || !random.happens(SOMETIMES)) return await store.turn(command)
    store.rows.operators.set(row.id, { ...row, maxUsers: row.maxUsers + 1 })
    const outcome = await store.turn(command)
    const written = store.rows.operators.get(row.id) ?? row
    store.rows.operators.set(row.id, { ...written, maxUsers: written.maxUsers - 1 })
    return outcome
  },
})

/** Forgets to let the one go when another takes over. */
export const twoOperators: Plant = store => ({
  ...store,
  async turn(command) {
    const outcome = await store.turn(command)
    for (const { sessionId, what } of outcome.kind === 'done' ? outcome.changes : []) {
      const previous = what.kind === 'assigned' ? what.previousOperatorId : null
      const part = previous && store.rows.sessions.get(sessionId)?.parts.get(previous)
      if (part) part.leftChange = null
    }
    return outcome
  },
})

/** Sees no room while it ends a session, as a decision without the lock might. */
export const noRoomSeen: Plant = store => ({
  ...store,
  async turn(command) {
    if (command.kind !== 'end') return await store.turn(command)
    const online = [...store.rows.operators.values()].filter(({ status }) => status === 'online')
    for (const { id } of online) setStatus(store.rows, id, 'busy')
    const outcome = await store.turn(command)
    for (const { id } of online) setStatus(store.rows, id, 'online')
    return outcome
  },
})

/** Doesn't see the open session of somebody who starts. */
export const opensAnother: Plant = (store, random) => ({
  ...store,
  async turn(command) {
    const open = [...store.rows.sessions.values()].find(
      ({ userId, status }) => command.kind === 'start' && userId === command.userId && status === 'waiting',
    )
    if (!open || !random.happens(SOMETIMES)) return await store.turn(command)
    open.status = 'ended'
    const outcome = await store.turn(command)
    open.status = 'waiting'
    return outcome
  },
})

function setStatus(rows: State, id: string, status: 'online' | 'busy'): void {
  const row = rows.operators.get(id)
  if (row) rows.operators.set(id, { ...row, status })
}

/** Gives a number and stores nothing under it. */
export const skipsNumber =
  (which: 'lastSeq' | 'lastChange'): Plant =>
  (store, random) => ({
    ...store,
    async append(request) {
      if (store.rows.sessions.has(request.sessionId) && random.happens(SOMETIMES))
        sessionOf(store.rows, request.sessionId)[which] += 1
      return await store.append(request)
    },
  })

/** Answers before it is durable, and then it isn't. */
export const losesStored: Plant = (store, random) => ({
  ...store,
  async append(request) {
    const result = await store.append(request)
    if (result.kind !== 'stored' || !random.happens(SOMETIMES)) return result
    const session = sessionOf(store.rows, request.sessionId)
    if (session.messages.at(-1)?.id !== result.message.id) return result
    session.messages.pop()
    session.lastSeq -= 1
    session.lastChange -= 1
    return result
  },
})

/** Doesn't know a repeated message. */
export const storesTwice: Plant = store => ({
  ...store,
  append: request => store.append({ ...request, clientMessageId: null }),
})

/** Changes who wrote what without a number, as if nobody had it yet. */
export const renamesUnseen: Plant = store => ({
  ...store,
  async turn(command) {
    const outcome = await store.turn(command)
    if (command.kind !== 'identify') return outcome
    for (const { messages } of store.rows.sessions.values())
      for (const message of messages)
        if (message.senderId === command.userId) message.change = message.createdChange
    return outcome
  },
})

/** Nothing that was missed can be found again. */
export const tellsNothingOfThePast: Plant = store => ({
  ...store,
  changesSince: () => Promise.resolve([]),
  lastChanges: () => Promise.resolve(new Map()),
})

/** Shows sessions as they were when they were first looked at. */
export const staleSnapshots: Plant = store => {
  const first = new Map<string, Awaited<ReturnType<Store['sessions']>>>()
  return {
    ...store,
    async sessions(sessionIds, reader) {
      const key = `${sessionIds.join()}/${reader}`
      const known = reader === null && first.get(key)
      if (known) return known
      const read = await store.sessions(sessionIds, reader)
      first.set(key, read)
      return read
    },
  }
}

/** Knows no more that somebody has come into a session. */
export const knowsNoNewParts: Plant = store => ({ ...store, newParts: () => Promise.resolve([]) })

/** Shows sessions as if their reader took part in them for ever. */
export const forgetsLeaving: Plant = store => ({
  ...store,
  async sessions(sessionIds, reader) {
    const read = await store.sessions(sessionIds, reader)
    const wasIn = ({ id }: { id: string }) =>
      reader !== null && store.rows.sessions.get(id)?.parts.has(reader)
    return read.map(session =>
      session.type === 'group' && wasIn(session)
        ? { ...session, participants: [...new Set([...session.participants, reader ?? ''])] }
        : session,
    )
  },
})

/** Takes all that is there for received. */
export const hasNoBacklog: Plant = store => ({
  ...store,
  inbox: async (...ask) =>
    (await store.inbox(...ask)).map(entry => ({ ...entry, deliveredSeq: entry.lastSeq })),
})

/** Gives the latest first. */
export const newestFirst: Plant = (store, random) => ({
  ...store,
  async messages(sessionId, range, visibleAfterSeq) {
    const read = await store.messages(sessionId, range, visibleAfterSeq)
    if (range.kind !== 'after' || !random.happens(SOMETIMES)) return read
    return { ...read, items: [...read.items].reverse() }
  },
})

/** Lets everybody write to everybody. */
export const asksNoFriends: Plant = store => ({
  ...store,
  append: request => store.append({ ...request, anyone: true }),
})

/** Says that it is gone, and keeps it. */
export const keepsRecalled: Plant = store => ({
  ...store,
  async recall(request) {
    const text = store.rows.messages.get(request.messageId)?.text
    const result = await store.recall(request)
    const row = store.rows.messages.get(request.messageId)
    if (row && text) row.text = text
    return result
  },
})

/** Takes the same reaction twice. */
export const reactsTwice: Plant = store => ({
  ...store,
  async react(request) {
    const result = await store.react(request)
    const row = store.rows.messages.get(request.messageId)
    const people = row?.reactions[request.emoji]
    if (row && people?.includes(request.userId))
      row.reactions = { ...row.reactions, [request.emoji]: [...people, request.userId] }
    return result
  },
})

/** Changes a message without a number. */
export const recallsUnseen: Plant = store => ({
  ...store,
  async recall(request) {
    const result = await store.recall(request)
    const row = store.rows.messages.get(request.messageId)
    if (row && result.kind === 'recalled') row.change = row.createdChange
    return result
  },
})

export const forgetsToClose: Plant = store => ({
  ...store,
  changeLeases: changes => store.changeLeases({ ...changes, closed: [] }),
})

export const runsNoJobs: Plant = store => ({ ...store, claimJobs: () => Promise.resolve([]) })

export const marksNothing: Plant = store => ({ ...store, mark: () => Promise.resolve([]) })
