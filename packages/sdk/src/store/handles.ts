import type { Session } from '../contract-types.ts'
import type { SessionHandle, StartInput } from '../types.ts'
import type { Core } from './core.ts'
import { type BoundHandle, createHandle } from './session-handle.ts'
import type { SessionModel } from './session-model.ts'
import type { Sessions } from './sessions.ts'

interface Draft {
  readonly model: SessionModel
  readonly bound: BoundHandle
}

/** What an app gets of a session: its handle, or more. */
export type Finish = (bound: BoundHandle) => SessionHandle

/** One handle a session, the same each time it is asked for; and the one draft that a person can have. */
export function createHandles(core: Core, sessions: Sessions, finish: Finish) {
  const handles = new Map<SessionModel, SessionHandle>()
  let draft: Draft | null = null

  const bind = (model: SessionModel): BoundHandle => {
    const bound = createHandle(core, sessions, model)
    return { ...bound, handle: finish(bound) }
  }
  const of = (model: SessionModel): SessionHandle => {
    const handle = handles.get(model) ?? bind(model).handle
    handles.set(model, handle)
    return handle
  }
  const newDraft = (): Draft => {
    const model = sessions.draft()
    return { model, bound: bind(model) }
  }

  return {
    session: (sessionId: string) => of(sessions.of(sessionId)),
    draft(input: StartInput | undefined): SessionHandle {
      draft ??= newDraft()
      if (input) draft.bound.setStart(input)
      return draft.bound.handle
    },
    /** The draft's handle stays what it was, and is that session's from now on. */
    started(session: Session): void {
      const { model, bound } = draft ?? newDraft()
      draft = null
      const now = sessions.started(model, session)
      bound.bind(now)
      if (!handles.has(now)) handles.set(now, bound.handle)
    },
  }
}

export type Handles = ReturnType<typeof createHandles>
