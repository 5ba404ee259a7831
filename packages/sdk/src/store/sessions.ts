import { type AsideEvent, type CountedEvent, isCounted, type UncountedEvent } from '../connection/link.ts'
import type { Message, Session } from '../contract-types.ts'
import { createCatchUp } from '../sync/catch-up.ts'
import { hasGap, UNSYNCED } from '../sync/session-state.ts'
import type { Core } from './core.ts'
import { createSource } from './observable.ts'
import { createSessionModel, isSynced, type ModelHooks, type SessionModel } from './session-model.ts'

/** A missing change may only be a little late: an answer overtakes the events before it. Milliseconds. */
const GAP_PATIENCE_MS = 300
/** So long a session that nobody looks at stays loaded, for whoever comes back to it. Milliseconds. */
export const LINGER_MS = 60_000

type InSession = Exclude<UncountedEvent, AsideEvent>
export type SessionEvent = CountedEvent | InSession

export interface SessionsHooks extends Pick<ModelHooks, 'read'> {
  /** It looks different, or can't be had. */
  changed: ModelHooks['applied']
  /** The caller has read further, elsewhere, in a session that is not known here. */
  readElsewhere(): void
}

/** The sessions that this client hears or shows. */
export function createSessions(core: Core, { read, changed, readElsewhere }: SessionsHooks) {
  const { clock } = core.environment
  const models = new Map<string, SessionModel>()
  const drafts = new Set<SessionModel>()
  const lingering = new Map<SessionModel, () => void>()
  const patience = new Map<SessionModel, () => void>()
  /** Has the server said which sessions are the caller's? Until then the first answer is no news. */
  const heardOwn = createSource(false)

  const catchUp = createCatchUp({
    environment: core.environment,
    connection: core.connection,
    cursor: sessionId => models.get(sessionId)?.state().change ?? UNSYNCED,
    caughtUp: (sessionId, news) => models.get(sessionId)?.apply(news),
    refused: (sessionId, error) => models.get(sessionId)?.refused(error),
    others,
  })

  const need = (model: SessionModel) => {
    const id = model.id()
    if (id !== null && core.connection.isOnline()) catchUp.need(id)
  }

  /** Asks for what is missing, if it is still missing after a while. */
  const watchGap = (model: SessionModel) => {
    if (patience.has(model) || !hasGap(model.state())) return
    const look = () => {
      patience.delete(model)
      if (hasGap(model.state())) need(model)
    }
    patience.set(model, clock.after(GAP_PATIENCE_MS, look))
  }

  const release = (model: SessionModel) => {
    lingering.get(model)?.()
    lingering.delete(model)
    model.hold(false)
  }

  const hooks: ModelHooks = {
    read,
    used(model, used) {
      lingering.get(model)?.()
      lingering.delete(model)
      if (used) hold(model)
      else
        lingering.set(
          model,
          clock.after(LINGER_MS, () => release(model)),
        )
    },
    applied(model, why) {
      watchGap(model)
      if (model.isHeld()) model.load()
      changed(model, why)
    },
  }

  function hold(model: SessionModel): void {
    model.hold(true)
    if (model.id() === null) return
    core.connection.need()
    if (isSynced(model)) model.load()
    else need(model)
  }

  const of = (id: string) => {
    const model = models.get(id) ?? createSessionModel(core, hooks, id)
    models.set(id, model)
    return model
  }

  function others(sessions: readonly Session[]): void {
    const news = heardOwn.getSnapshot()
    for (const session of sessions) {
      const model = of(session.id)
      if (session.status === 'ended' || model.state().change !== UNSYNCED) continue
      model.startAt(UNSYNCED, news ? session.lastSeq : null)
      model.apply({ name: 'caught.up', messages: [], session, upTo: session.lastChange })
    }
    heardOwn.set(true)
  }

  /** A session that nobody has named yet: the caller has come into it, or it was given to them. */
  const appears = (model: SessionModel, event: CountedEvent) => {
    const seen = event.name === 'message.created' ? event.message.seq - 1 : 0
    // What was told of it before stays to be seen until all of it is there.
    if ('session' in event) model.startAt(event.change - 1, event.session.lastSeq)
    else model.startAt(event.change - 1, seen, model.state().session)
    model.apply(event)
    // An operator is told of an assignment without hearing the session; asking for it is what makes it heard.
    need(model)
  }

  const uncounted = (event: InSession) => {
    const { sessionId } = event
    const model = models.get(sessionId)
    switch (event.name) {
      case 'typing.changed':
        return model?.heard(event)
      case 'user.joined':
      case 'user.left':
        core.emit('presence', { sessionId, userId: event.userId, here: event.name === 'user.joined' })
        return event.name === 'user.left' ? model?.heard(event) : undefined
      default:
        if (!model && event.name === 'message.read' && event.userId === core.me()?.id) readElsewhere()
        return model?.apply(event)
    }
  }

  /** Looked at, or open and the caller's own. */
  const isWanted = (model: SessionModel) => {
    const { session, change } = model.state()
    const open =
      session === null || (session.status !== 'ended' && session.participants.includes(core.me()?.id ?? ''))
    return model.isHeld() || (change !== UNSYNCED && open)
  }

  return {
    heardOwn,
    of,
    /** Asks the server how it stands. */
    need,
    all: () => [...models.values()],
    draft() {
      const model = createSessionModel(core, hooks, null)
      drafts.add(model)
      return model
    },
    /** Answers with the model that stands for the session: this one, or the one that did before. */
    started(draft: SessionModel, session: Session): SessionModel {
      drafts.delete(draft)
      const known = models.get(session.id)
      if (known) {
        known.apply({ name: 'told', session })
        need(known)
        return known
      }
      models.set(session.id, draft)
      draft.becomes(session)
      need(draft)
      if (draft.isHeld()) draft.load()
      return draft
    },
    release,
    event(event: SessionEvent) {
      if (!isCounted(event)) return uncounted(event)
      const model = of(event.sessionId)
      if (model.isHeld() || model.state().change !== UNSYNCED) model.apply(event)
      else appears(model, event)
    },
    /** The caller takes part in it now; what happens in it follows as events. */
    opened(session: Session) {
      of(session.id).apply({ name: 'told', session })
    },
    /** A message of one's own that did not go through the queue. */
    sent(message: Message) {
      const { sessionId, change } = message
      const model = models.get(sessionId)
      if (model && (model.isHeld() || model.state().change !== UNSYNCED))
        model.apply({ name: 'message.created', sessionId, change, message })
    },
    /** The unsent messages of a session have changed. */
    unsentChanged(sessionId: string | null) {
      if (sessionId !== null) models.get(sessionId)?.changed()
      else for (const draft of drafts) draft.changed()
    },
    /** A new connection hears nothing until it asks. */
    online() {
      for (const model of models.values()) if (!isWanted(model)) model.reset()
      const wanted = [...models].filter(([, model]) => isWanted(model))
      catchUp.begin(wanted.map(([id]) => id))
      for (const [, model] of wanted) model.online()
    },
    /** Another person: nothing of what is known is theirs. */
    reset() {
      heardOwn.set(false)
      catchUp.forget()
      for (const model of models.values()) model.reset()
    },
    close() {
      for (const cancel of [...lingering.values(), ...patience.values()]) cancel()
      lingering.clear()
      patience.clear()
    },
  }
}

export type Sessions = ReturnType<typeof createSessions>
